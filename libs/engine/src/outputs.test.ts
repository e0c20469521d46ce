import type { ParamDefinition, Params } from '@maestro/domain';
import { applyOutputs } from './outputs.js';

const params: Params = {
  d: { definition: { type: 'DOUBLE', value: '1' }, evaluatedResult: 1, evaluatedTime: 1 },
  ds: { definition: { type: 'DOUBLE_ARRAY', value: [] }, evaluatedResult: [], evaluatedTime: 1 },
  m: { definition: { type: 'MAP', value: {} }, evaluatedResult: { a: 1n, b: 2n }, evaluatedTime: 1 },
  keep: { definition: { type: 'LONG', value: 1n }, evaluatedResult: 1n, evaluatedTime: 1 },
};

function applied(outputs: Record<string, ParamDefinition>): Params {
  const result = applyOutputs(params, outputs, 9);
  if (result.kind === 'error') throw new Error(result.message);
  return result.params;
}

describe('outputs', () => {
  test('are values with a source and a time; what is not returned stays', () => {
    const result = applied({ d: { type: 'DOUBLE', value: '2.5' }, ds: { type: 'DOUBLE_ARRAY', value: ['1', '2.5'] } });
    expect(result['d']).toEqual({
      definition: { type: 'DOUBLE', value: '1', source: 'OUTPUT_PARAMETER' },
      evaluatedResult: 2.5,
      evaluatedTime: 9,
    });
    expect(result['ds']?.evaluatedResult).toEqual([1, 2.5]);
    expect(result['keep']).toBe(params['keep']);
  });

  test('merge maps key by key', () => {
    const value = { b: { type: 'LONG', value: 5n }, c: { type: 'STRING', value: 'x' } } as const;
    expect(applied({ m: { type: 'MAP', value } })['m']?.evaluatedResult).toEqual({ a: 1n, b: 5n, c: 'x' });
  });

  test.each<[string, string, ParamDefinition]>([
    ['has no value', 'd', { type: 'DOUBLE' }],
    ['is of type DOUBLE, not LONG', 'd', { type: 'LONG', value: 1n }],
    ['is not declared by the step', 'toString', { type: 'LONG', value: 1n }],
  ])('are refused when one %s', (message, name, definition) => {
    const result = applyOutputs(params, { [name]: definition }, 9);
    expect(result).toMatchObject({ kind: 'error', message: expect.stringContaining(message) as string });
  });

  test('of nothing change nothing', () => {
    expect(applyOutputs(params, {}, 9)).toEqual({ kind: 'params', params });
  });
});
