import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { evaluateParams, type ParamViolation } from '../index.js';
import { checkValidators } from './check-validators.js';

const compiler = createCompiler({ cacheSize: 50 });

function violations(definitions: ParamDefinitions, limits = PRESETS.IN_PLACE): readonly ParamViolation[] {
  const outcome = evaluateParams({ definitions, scope: {}, compiler, limits, at: 0 });
  if (outcome.kind === 'exhausted') throw new Error(outcome.limit);
  return outcome.kind === 'error' ? outcome.violations : [];
}

function problem(definition: ParamDefinition): string | undefined {
  return violations({ p: definition })[0]?.message;
}

const text = (value: string, validator: string): ParamDefinition => ({ type: 'STRING', value, validator });
const long = (value: bigint, validator: string): ParamDefinition => ({ type: 'LONG', value, validator });
const longs = (value: readonly bigint[], validator: string): ParamDefinition => ({
  type: 'LONG_ARRAY',
  value,
  validator,
});

describe('validators of values', () => {
  it.each<[ParamDefinition]>([
    [text('', '@NotNull')],
    [text('x', '@NotEmpty')],
    [{ type: 'STRING_MAP', value: { a: 'b' }, validator: '@NotEmpty' }],
    [long(1n, '@Min(1) @Max(1)')],
    [long(9_223_372_036_854_775_807n, '@Min(9223372036854775807)')],
    [{ type: 'DOUBLE', value: '1.5', validator: '@Min(1.5) && @Max(1.5)' }],
    [longs([1n, 5n], '@Min(1)&&@Max(5) @Size(min=2, max=2)')],
    [text('abc', '@Size(max=3)')],
    [text('20260101', "@Pattern('\\d{8}')")],
    [text("it's", "@OneOf('it\\'s', \"x\")")],
    [long(2n, '@OneOf(1, 2)')],
    [text('prod', 'Maestro.enumCheck("test","prod")')],
    [long(3n, '@Positive')],
    [long(3n, '@Sel("value > 2") p > 2 && param > 2')],
    [longs([1n, 2n, 3n], '@Sel("param!=null && param.size() > 2")')],
    [{ type: 'STRING_ARRAY', value: ['a', 'b', 'c'], validator: '@NotNull param.size() > 2' }],
    [{ type: 'MAP', value: { a: long(1n, '@Positive') }, validator: '@Sel("param.size() > 0")' }],
    // As a sample of the original has it, over an array of two: advice, as there.
    [{ type: 'STRING_ARRAY', value: ['a', 'b'], validator: 'param!=null && param.size() > 2' }],
  ])('accept %j', (definition) => {
    expect(problem(definition)).toBeUndefined();
  });

  it.each<[ParamDefinition, string]>([
    [text('', '@NotEmpty'), 'may not be empty (validator @NotEmpty)'],
    [longs([], '@NotEmpty'), 'may not be empty (validator @NotEmpty)'],
    [long(0n, '@Min(1)'), 'has to be at least 1, but is 0 (validator @Min(1))'],
    [long(9n, '@NotNull @Max(8)'), 'has to be at most 8, but is 9 (validator @Max(8))'],
    [longs([1n, 9n], '@Max(8)'), 'has to be at most 8, but at index 1 is 9 (validator @Max(8))'],
    [long(0n, '@Positive'), 'has to be greater than 0, but is 0 (validator @Positive)'],
    [text('abcd', '@Size(max=3)'), 'has to have a size of from 0 to 3, but has 4 (validator @Size(max=3))'],
    [text('x1', "@Pattern('[a-z]')"), 'has to match "[a-z]", but is "x1" (validator @Pattern(\'[a-z]\'))'],
    [text('c', "@OneOf('a','b')"), 'has to be one of "a", "b", but is "c" (validator @OneOf(\'a\',\'b\'))'],
    [long(1n, '@NotNull value > 2'), 'is refused by its validator value > 2'],
    [long(1n, '@Sel("p > 2")'), 'is refused by its validator p > 2'],
    [long(1n, '@Sel("value + 1")'), 'has a validator that gave a LONG instead of a BOOLEAN: value + 1'],
  ])('refuse %j', (definition, message) => {
    expect(problem(definition)).toBe(message);
  });

  it('hold for results of expressions, and inside of maps', () => {
    expect(
      violations({
        a: { type: 'LONG', expression: '1 + 1', validator: '@Max(1)' },
        m: { type: 'MAP', value: { inner: long(0n, '@Min(1)') } },
      }).map(({ path }) => path),
    ).toEqual(['a', 'm.inner']);
  });

  it('can read other params', () => {
    expect(violations({ low: { type: 'LONG', value: 1n }, high: long(0n, '@Sel("value >= low")') })).toMatchObject([
      { path: 'high', line: 1, column: 1, excerpt: 'value >= low\n^' },
    ]);
  });

  it('tell where in their text the rule stands that refused', () => {
    expect(violations({ p: long(0n, '@NotNull @Min(1)') })).toMatchObject([
      { path: 'p', line: 1, column: 10, excerpt: '@NotNull @Min(1)\n         ^' },
    ]);
  });

  it('cost fuel by the length of what they look through', () => {
    const definitions = { p: text('x'.repeat(400_000), "@Pattern('x*x*x*x*x*x*')") };
    const outcome = evaluateParams({ definitions, scope: {}, compiler, limits: PRESETS.IN_PLACE, at: 0 });
    expect(outcome).toEqual({ kind: 'exhausted', limit: 'fuel' });
  });
});

describe('checkValidators', () => {
  const check = (definition: ParamDefinition): ParamViolation[] => checkValidators({ p: definition }, compiler);

  it.each<[ParamDefinition, string, number]>([
    [long(1n, '@NotNull @Nope'), 'there is no rule @Nope', 10],
    [long(1n, '@Min'), '@Min has to have 1 argument(s), not 0', 1],
    [long(1n, "@Min('x')"), '@Min(\'x\'): "x" is no number', 1],
    [long(1n, '@Min(1'), 'expected `,` or `)`', 7],
    [long(1n, '@Min(x)'), 'expected a number or a text in quotes', 6],
    [long(1n, '@Size(1)'), 'has to be as @Size(min=1, max=10)', 1],
    [text('', "@Pattern('(')"), 'is no regular expression', 1],
    [text('', '@OneOf()'), 'has to name at least one value', 1],
    [text('', '@Sel(1)'), 'has to hold one expression in quotes', 1],
    [text('', ' '), 'the validator is empty', 1],
    [text('', '@NotEmpty @Min(1)'), 'has a rule that is not for params of type STRING: @Min(1)', 11],
    [long(1n, '@Sel("value >")'), 'expected', 8],
  ])('refuses %j', (definition, message, column) => {
    expect(check(definition)).toMatchObject([
      { path: 'params.p', message: expect.stringContaining(message) as string, column },
    ]);
  });

  it('looks into maps', () => {
    expect(check({ type: 'MAP', value: { q: long(1n, '@Nope') } })).toMatchObject([{ path: 'params.p.q' }]);
  });
});
