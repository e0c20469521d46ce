import { PARAM_MODES, type ParamDefinition, type ParamDefinitions } from '@maestro/domain';
import fc from 'fast-check';
import { cleanParams, mergeParams, type MergeContext } from './index.js';

const name = fc.constantFrom('a', 'b', 'c', 'constructor', '1');
const mode = fc.option(fc.constantFrom(...PARAM_MODES), { nil: undefined });
const tags = fc.option(fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }), { nil: undefined });

const { definitions } = fc.letrec<{ definition: ParamDefinition; definitions: ParamDefinitions }>((tie) => ({
  definition: fc
    .tuple(
      fc.oneof(
        { depthSize: 'small' },
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => ({ type: 'LONG', value }) as const),
        fc.string().map((value) => ({ type: 'STRING', value }) as const),
        fc.array(fc.boolean()).map((value) => ({ type: 'BOOLEAN_ARRAY', value }) as const),
        fc.dictionary(name, fc.string()).map((value) => ({ type: 'STRING_MAP', value }) as const),
        tie('definitions').map((value) => ({ type: 'MAP', value }) as const),
      ),
      mode,
      tags,
    )
    .map(([content, m, t]) => ({ ...content, ...(m ? { mode: m } : {}), ...(t ? { tags: t } : {}) })),
  definitions: fc.dictionary(name, tie('definition'), { maxKeys: 3 }),
}));

const CONTEXTS: readonly MergeContext[] = [
  { source: 'SYSTEM' },
  { source: 'LAUNCH' },
  { source: 'RESTART', restart: true },
  { source: 'FOREACH', upstream: true },
];

function tryMerge(
  base: ParamDefinitions,
  incoming: ParamDefinitions,
  context: MergeContext,
): ParamDefinitions | undefined {
  try {
    return mergeParams(base, incoming, context);
  } catch {
    return undefined;
  }
}

describe.each(CONTEXTS)('mergeParams as %j', (context) => {
  it('changes nothing when the same definitions come twice', () => {
    let merges = 0;
    fc.assert(
      fc.property(definitions, definitions, (base, incoming) => {
        const once = tryMerge(base, incoming, context);
        if (once === undefined) return;
        merges += 1;
        expect(mergeParams(once, incoming, context)).toEqual(once);
      }),
    );
    expect(merges).toBeGreaterThan(20);
  });

  it('over nothing gives definitions that clean up to themselves', () => {
    fc.assert(
      fc.property(definitions, (incoming) => {
        const merged = mergeParams({}, incoming, context);
        expect(cleanParams(merged)).toEqual(merged);
      }),
    );
  });
});
