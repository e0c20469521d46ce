import type { ParamDefinition, ParamDefinitions, Params } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import fc from 'fast-check';
import {
  evaluateCondition,
  evaluateParams,
  evaluateParsableLong,
  interpolate,
  paramsToDefinitions,
  paramValueToText,
  type ParamScope,
} from './index.js';

const compiler = createCompiler({ cacheSize: 100 });
const OPTIONS = { compiler, limits: PRESETS.IN_PLACE };

function evaluated(definitions: ParamDefinitions): Params {
  const outcome = evaluateParams({ definitions, scope: {}, ...OPTIONS, at: 5 });
  if (outcome.kind !== 'values') throw new Error(JSON.stringify(outcome));
  return outcome.params;
}

const scope: ParamScope = {
  stepId: 'me',
  workflowParams: evaluated({ limit: { type: 'LONG', value: 10n }, hours: { type: 'STRING', value: '2h' } }),
  stepParams: evaluated({ count: { type: 'LONG', value: 7n } }),
};

describe('evaluateCondition', () => {
  it('evaluates over params of the step and the workflow', () => {
    expect(evaluateCondition('count < limit && limit != null', scope, OPTIONS)).toEqual({ kind: 'value', value: true });
    expect(evaluateCondition('me__count >= limit', scope, OPTIONS)).toEqual({ kind: 'value', value: false });
  });

  it('answers true and false without compiling', () => {
    const refusing = {
      ...OPTIONS,
      compiler: {
        compile: () => {
          throw new Error('compiled');
        },
      },
    };
    expect(evaluateCondition(' true ', {}, refusing)).toEqual({ kind: 'value', value: true });
    expect(evaluateCondition('false', {}, refusing)).toEqual({ kind: 'value', value: false });
  });

  it('refuses results that are no BOOLEAN, unknown names and text that is no expression', () => {
    const failure = (text: string): unknown => evaluateCondition(text, scope, { ...OPTIONS, path: 'steps[0].next' });
    expect(failure('count')).toEqual({
      kind: 'error',
      violations: [{ path: 'steps[0].next', message: 'is expected to be a BOOLEAN but gave a LONG' }],
    });
    expect(failure('cout > 1')).toMatchObject({ kind: 'error', violations: [{ line: 1, column: 1 }] });
    expect(failure('count >')).toMatchObject({ kind: 'error', violations: [{ line: 1, column: 8 }] });
  });

  it('says when it ran out of fuel', () => {
    expect(
      evaluateCondition('count + count + count > 1', scope, { ...OPTIONS, limits: { ...PRESETS.IN_PLACE, fuel: 3 } }),
    ).toEqual({
      kind: 'exhausted',
      limit: 'fuel',
    });
  });
});

describe('interpolate', () => {
  it('fills references in and names the text when one is missing', () => {
    expect(interpolate('run-${count}-of-$limit', scope)).toEqual({ kind: 'value', value: 'run-7-of-10' });
    expect(interpolate('${nothing}', scope, 'tags[0]')).toEqual({
      kind: 'error',
      violations: [
        {
          path: 'tags[0]',
          message: 'cannot be interpolated, as param [nothing] is not found',
          line: 1,
          column: 1,
          excerpt: '${nothing}\n^',
          kind: 'host',
          unknownName: 'nothing',
        },
      ],
    });
  });

  it('refuses text that would grow without bound', () => {
    const long: ParamScope = { workflowParams: evaluated({ a: { type: 'STRING', value: 'x'.repeat(9_000) } }) };
    expect(interpolate('$a'.repeat(1_000), long)).toMatchObject({ kind: 'error' });
  });
});

describe('evaluateParsableLong', () => {
  it.each([
    [5n, 'number', 5n],
    [5n, 'durationMs', 5_000n],
    ['3', 'number', 3n],
    ['${limit}', 'number', 10n],
    ['${limit}', 'durationMs', 10_000n],
    ['${hours} 30min', 'durationMs', 9_000_000n],
  ] as const)('reads %j as %s', (value, as, expected) => {
    expect(evaluateParsableLong(value, scope, as)).toEqual({ kind: 'value', value: expected });
  });

  it.each([
    ['2h', 'number'],
    ['soon', 'durationMs'],
    ['', 'durationMs'],
    ['-1', 'number'],
    [-1n, 'durationMs'],
    ['${nothing}', 'number'],
  ] as const)('refuses %j as %s and names the field', (value, as) => {
    expect(evaluateParsableLong(value, scope, as, 'timeout')).toMatchObject({
      kind: 'error',
      violations: [{ path: 'timeout' }],
    });
  });
});

describe('paramValueToText', () => {
  it.each([
    ['text', 'text'],
    [-9223372036854775808n, '-9223372036854775808'],
    [1, '1.0'],
    [1e10, '1.0E10'],
    [true, 'true'],
    [['a"', 'b'], '["a\\"","b"]'],
    [{ k: [1n], m: { d: 0.5 } }, '{"k":[1],"m":{"d":0.5}}'],
  ] as const)('writes %j as %s', (value, text) => {
    expect(paramValueToText(value)).toBe(text);
  });
});

describe('paramsToDefinitions', () => {
  it('gives definitions that evaluate to the same values, whatever text is in them', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '_', ' ') });
    fc.assert(
      fc.property(text, fc.array(text), fc.dictionary(text, text), (string, array, map) => {
        const params: Params = {
          string: { definition: { type: 'STRING', expression: 'x' }, evaluatedResult: string, evaluatedTime: 0 },
          array: { definition: { type: 'STRING_ARRAY' }, evaluatedResult: array, evaluatedTime: 0 },
          map: {
            definition: { type: 'MAP', expression: 'm' },
            evaluatedResult: { n: 1n, map, array },
            evaluatedTime: 0,
          },
        };
        const again = evaluated(paramsToDefinitions(params));
        expect(Object.values(again).map((param) => param.evaluatedResult)).toEqual([
          string,
          array,
          { n: 1n, map, array },
        ]);
      }),
    );
  });

  it('keeps mode and source, and freezes what is IMMUTABLE too', () => {
    const immutable: ParamDefinition = { type: 'LONG', expression: '1 + 1', mode: 'IMMUTABLE' };
    const definitions = paramsToDefinitions(
      evaluated({ a: { type: 'LONG', expression: '1 + 1', mode: 'MUTABLE_ON_START', source: 'LAUNCH' }, b: immutable }),
    );
    expect(definitions).toEqual({
      a: { type: 'LONG', value: 2n, mode: 'MUTABLE_ON_START', source: 'LAUNCH' },
      b: { type: 'LONG', value: 2n, mode: 'IMMUTABLE' },
    });
  });
});
