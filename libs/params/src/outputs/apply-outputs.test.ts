import type { ParamDefinition, ParamDefinitions, Params } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { applyOutputs, type OutputsOutcome } from '../index.js';

const params: Params = {
  d: { definition: { type: 'DOUBLE', value: '1' }, evaluatedResult: 1, evaluatedTime: 1 },
  s: { definition: { type: 'STRING', value: '' }, evaluatedResult: '', evaluatedTime: 1 },
  n: { definition: { type: 'LONG', value: 1n, validator: '@Max(9) value != keep' }, evaluatedResult: 1n },
  m: {
    definition: {
      type: 'MAP',
      value: {
        a: { type: 'LONG', value: 1n },
        fixed: { type: 'LONG', value: 1n, mode: 'IMMUTABLE' },
        deep: { type: 'MAP', value: { x: { type: 'STRING', value: '' } } },
      },
    },
    evaluatedResult: { a: 1n, fixed: 1n, deep: { x: '', y: 1n } },
  },
  texts: { definition: { type: 'STRING_MAP', value: {} }, evaluatedResult: { a: '1' } },
  keep: { definition: { type: 'LONG', value: 5n, mode: 'CONSTANT' }, evaluatedResult: 5n },
};

function apply(outputs: ParamDefinitions, limits = PRESETS.IN_PLACE): OutputsOutcome {
  const scope = { stepId: 's', stepParams: params };
  return applyOutputs({ params, outputs, scope, compiler: createCompiler({ cacheSize: 5 }), limits, at: 9 });
}

function values(outputs: ParamDefinitions): Params {
  const outcome = apply(outputs);
  if (outcome.kind !== 'params') throw new Error(JSON.stringify(outcome));
  return outcome.params;
}

describe('applyOutputs', () => {
  it('replaces scalars, and says when a conversion was needed', () => {
    const result = values({ d: { type: 'LONG', value: 2n }, s: { type: 'DOUBLE', value: '1.50' } });
    expect(result['d']).toEqual({
      definition: { type: 'DOUBLE', value: '1', source: 'OUTPUT_PARAMETER' },
      evaluatedResult: 2,
      evaluatedTime: 9,
    });
    expect(result['s']).toMatchObject({
      definition: { meta: { info: 'implicitly converted from DOUBLE to STRING' } },
      evaluatedResult: '1.5',
    });
    expect(values({ n: { type: 'STRING', value: '7' } })['n']).toMatchObject({
      definition: { meta: { warn: 'implicitly converted from STRING to LONG' } },
      evaluatedResult: 7n,
    });
  });

  it('merges maps key by key at every level, by the types that the param declares', () => {
    const value: ParamDefinitions = {
      a: { type: 'STRING', value: '2' },
      deep: { type: 'MAP', value: { x: { type: 'LONG', value: 3n } } },
      new: { type: 'BOOLEAN', value: true },
    };
    expect(values({ m: { type: 'MAP', value } })['m']?.evaluatedResult).toEqual({
      a: 2n,
      fixed: 1n,
      deep: { x: '3', y: 1n },
      new: true,
    });
    expect(values({ texts: { type: 'STRING_MAP', value: { b: '2' } } })['texts']?.evaluatedResult).toEqual({
      a: '1',
      b: '2',
    });
  });

  it('does not interpolate what was returned', () => {
    expect(values({ s: { type: 'STRING', value: '${keep} costs $5' } })['s']?.evaluatedResult).toBe('${keep} costs $5');
  });

  it.each<[string, ParamDefinition, string, string]>([
    ['toString', { type: 'LONG', value: 1n }, 'toString', "is not declared by the step: add it to the step's params"],
    ['keep', { type: 'LONG', value: 1n }, 'keep', 'has mode CONSTANT and cannot be returned'],
    ['d', { type: 'DOUBLE' }, 'd', 'has no value'],
    ['d', { type: 'STRING', value: '1' }, 'd', 'is of type DOUBLE: a STRING cannot be converted to it'],
    ['n', { type: 'LONG', value: 10n }, 'n', 'has to be at most 9, but is 10 (validator @Max(9))'],
    ['n', { type: 'LONG', value: 5n }, 'n', 'is refused by its validator value != keep'],
    [
      'm',
      { type: 'MAP', value: { fixed: { type: 'LONG', value: 2n } } },
      'm.fixed',
      'has mode IMMUTABLE and cannot be returned',
    ],
    [
      'm',
      { type: 'MAP', value: { a: { type: 'BOOLEAN', value: true } } },
      'm.a',
      'is of type LONG: what was returned cannot be converted to it',
    ],
  ])('refuses %s = %j', (name, output, path, message) => {
    expect(apply({ [name]: output })).toMatchObject({ kind: 'error', violations: [{ path, message }] });
  });

  it('names every output that is wrong', () => {
    expect(apply({ nope: { type: 'LONG', value: 1n }, d: { type: 'DOUBLE' } })).toMatchObject({
      violations: [{ path: 'nope' }, { path: 'd' }],
    });
  });

  it('keeps all params together within their limit', () => {
    const outcome = apply({ s: { type: 'STRING', value: 'x'.repeat(750_000) } });
    expect(outcome).toMatchObject({
      violations: [{ message: expect.stringContaining('larger than 750000') as string }],
    });
  });

  it('gives back the same params when nothing was returned', () => {
    expect(apply({})).toEqual({ kind: 'params', params });
  });
});
