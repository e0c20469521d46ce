import type { ParamDefinitions } from '@maestro/domain';
import { explainMerge, type MergeLayer } from './explain-merge.js';
import { mergeParams } from './merge.js';

const DEFAULTS: ParamDefinitions = {
  day: { type: 'STRING', value: '20240101', mode: 'MUTABLE_ON_START', source: 'SYSTEM_DEFAULT' },
  owner: { type: 'STRING', value: 'ann', mode: 'CONSTANT', internalMode: 'RESERVED', source: 'SYSTEM_DEFAULT' },
};
const DEFINITION: MergeLayer = {
  name: 'definition',
  params: { day: { type: 'STRING', value: '20240102' }, limit: { type: 'LONG', value: 5n } },
  context: { source: 'DEFINITION' },
};
const RUN: MergeLayer = {
  name: 'run',
  params: {
    day: { type: 'STRING', value: '20240102' },
    limit: { type: 'LONG', value: 6n },
    own: { type: 'STRING', value: '' },
  },
  context: { source: 'LAUNCH' },
};

const historyOf = (layers: readonly MergeLayer[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(explainMerge(DEFAULTS, layers).params).map(([name, { touches }]) => [
      name,
      touches.map(({ layer, effect }) => `${layer} ${effect}`).join(', '),
    ]),
  );

describe('the explanation of a merge', () => {
  it('names every layer that named a param, and what it did', () => {
    expect(historyOf([DEFINITION, RUN])).toEqual({
      day: 'default added, definition changed, run same',
      owner: 'default added',
      limit: 'definition added, run changed',
      own: 'run added',
    });
  });

  it('has the definitions that the merge itself gives, in its order', () => {
    const merged = [DEFINITION, RUN].reduce(
      (base, { params, context }) => mergeParams(base, params, context),
      DEFAULTS,
    );
    const explained = Object.entries(explainMerge(DEFAULTS, [DEFINITION, RUN]).params);
    expect(explained.map(([name, { definition }]) => [name, definition])).toEqual(Object.entries(merged));
  });

  it('says what was refused and keeps the rest', () => {
    const layers = [
      DEFINITION,
      { ...RUN, params: { ...RUN.params, owner: { type: 'STRING', value: 'bob' } } as const },
    ];
    expect(historyOf(layers)).toMatchObject({ owner: 'default added, run refused', own: 'run added' });
    const { params, violations } = explainMerge(DEFAULTS, layers);
    expect(params['owner']?.definition).toBe(DEFAULTS['owner']);
    expect(violations.map(({ path }) => path)).toEqual(['params.owner']);
  });
});
