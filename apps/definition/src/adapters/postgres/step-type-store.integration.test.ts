import type { WorkerType } from '@maestro/domain';
import { definitionFixture, type DefinitionFixture } from '../../testing/definition-fixture.js';

let fixture: DefinitionFixture;

beforeAll(async () => {
  fixture = await definitionFixture();
}, 60_000);

afterAll(() => fixture.stop());

const type: WorkerType = {
  name: 'Train',
  version: '1',
  doc: 'Trains.',
  params: { b: { type: 'LONG', value: 2n ** 60n }, a: { type: 'STRING', internalMode: 'REQUIRED' } },
  outputs: ['rows'],
  tenant: '',
};

test('a step type is stored as it was first registered, its params in their order, and is found in any case', async () => {
  const { stepTypes } = fixture;
  expect(await stepTypes.register([type], 1_000)).toEqual([{ type, createTime: 1_000, lastSeen: 1_000 }]);
  await stepTypes.register([{ ...type, name: 'TRAIN', doc: 'Other.' }], 2_000);
  const [found] = await stepTypes.ofNames(['train']);
  expect(found).toEqual({ type, createTime: 1_000, lastSeen: 2_000 });
  expect(Object.keys(found?.type.params ?? {})).toEqual(['b', 'a']);
  expect(await stepTypes.all(10)).toHaveLength(1);
  expect(await stepTypes.ofNames([])).toEqual([]);
});
