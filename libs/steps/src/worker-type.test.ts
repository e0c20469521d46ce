import type { WorkerType } from '@maestro/domain';
import { compareVersions, mayBeWorkerType, stepTypesWith, workerTypeKey, workerTypeViolations } from './worker-type.js';

const train: WorkerType = {
  name: 'train',
  version: '2',
  doc: 'Trains.',
  params: { table: { type: 'STRING', internalMode: 'REQUIRED' }, limit: { type: 'LONG', value: 10n } },
  outputs: ['rows'],
  tenant: '',
};

test.each([
  ['1.9', '1.10'],
  ['1', '1.0'],
  ['9', '10'],
  ['1.0-a', '1.0-b'],
  ['2', '11'],
])('version %s is older than %s', (older, newer) => {
  expect(compareVersions(older, newer)).toBe(-1);
  expect(compareVersions(newer, older)).toBe(1);
  expect(compareVersions(older, older)).toBe(0);
});

test.each(['train', 'train@2', 'a-b_c@1.0-x'])('%s may be a registered type', (text) => {
  expect(mayBeWorkerType(text)).toBe(true);
});

test.each(['http', 'Shell@1', 'a b', '', '@1', 'a@', 'a@b@c', '1a'])('"%s" can be none', (text) => {
  expect(mayBeWorkerType(text)).toBe(false);
});

test.each([
  [{ name: 'shell', version: '1' }, 'built-in'],
  [{ name: 'Foreach', version: '1' }, 'built-in'],
  [{ name: 'a.b', version: '1' }, 'no name'],
  [{ name: 'a', version: '' }, 'no version'],
])('%j is refused', (type, said) => {
  expect(workerTypeViolations(type)[0]?.message).toContain(said);
});

test('a registered type is found in any case, checks params, and is called by name and version', () => {
  const find = stepTypesWith(new Map([['train', train]]));
  const type = find('Train');
  expect(type?.name).toBe(workerTypeKey(train));
  expect(type?.runs).toBe('executor');
  expect(type?.validate({ kind: 'step', id: 's', type: 'train' })).toEqual([
    { path: 'params.table', message: 'is required: give a STRING as value or expression' },
  ]);
  expect(find('Shell')?.name).toBe('Shell');
  expect(find('trian')).toBeUndefined();
});
