import {
  MaestroError,
  type ParamDefinition,
  type ParamDefinitions,
  type ParamMode,
  type ParamSource,
} from '@maestro/domain';
import { mergeParams, type MergeContext } from './index.js';

const LAUNCH: MergeContext = { source: 'LAUNCH' };
const DEFINITION: MergeContext = { source: 'DEFINITION' };
const DEFAULTS: MergeContext = { source: 'SYSTEM_DEFAULT' };

function problems(base: ParamDefinitions, incoming: ParamDefinitions, context: MergeContext): Record<string, string> {
  try {
    mergeParams(base, incoming, context);
    return {};
  } catch (error) {
    if (!(error instanceof MaestroError) || error.code !== 'INVALID_PARAM') throw error;
    return Object.fromEntries(error.violations.map(({ path, message }) => [path, message]));
  }
}

describe('mergeParams: values', () => {
  it('replaces a scalar and keeps the order of the base, new names last', () => {
    const base: ParamDefinitions = { a: { type: 'LONG', value: 1n }, b: { type: 'STRING', value: 'x' } };
    const merged = mergeParams(base, { c: { type: 'BOOLEAN', value: true }, a: { type: 'LONG', value: 2n } }, LAUNCH);
    expect(Object.keys(merged)).toEqual(['a', 'b', 'c']);
    expect(merged['a']).toEqual({ type: 'LONG', value: 2n, mode: 'MUTABLE', source: 'LAUNCH' });
    expect(merged['b']).toBe(base['b']);
  });

  it('replaces a literal by an expression and the other way round', () => {
    const literal: ParamDefinitions = { a: { type: 'LONG', value: 1n } };
    const expression: ParamDefinitions = { a: { type: 'LONG', expression: '1 + 1' } };
    expect(mergeParams(literal, expression, LAUNCH)['a']).toMatchObject({ expression: '1 + 1' });
    expect(mergeParams(literal, expression, LAUNCH)['a']).not.toHaveProperty('value');
    expect(mergeParams(expression, literal, LAUNCH)['a']).not.toHaveProperty('expression');
  });

  it('merges maps recursively and string maps by key', () => {
    const base: ParamDefinitions = {
      m: {
        type: 'MAP',
        value: { keep: { type: 'LONG', value: 1n }, deep: { type: 'MAP', value: { x: { type: 'LONG', value: 1n } } } },
      },
      s: { type: 'STRING_MAP', value: { a: '1', b: '2' } },
    };
    const incoming: ParamDefinitions = {
      m: { type: 'MAP', value: { deep: { type: 'MAP', value: { y: { type: 'LONG', value: 2n } } } } },
      s: { type: 'STRING_MAP', value: { b: '3', c: '4' } },
    };
    const merged = mergeParams(base, incoming, LAUNCH);
    expect(merged).toMatchObject({
      m: { value: { keep: { value: 1n }, deep: { value: { x: { value: 1n }, y: { value: 2n } } } } },
      s: { value: { a: '1', b: '3', c: '4' } },
    });
  });

  it('replaces arrays as a whole', () => {
    const base: ParamDefinitions = { a: { type: 'LONG_ARRAY', value: [1n, 2n] } };
    expect(mergeParams(base, { a: { type: 'LONG_ARRAY', value: [3n] } }, LAUNCH)['a']?.value).toEqual([3n]);
  });

  it('refuses to merge a literal map into an expression or another type', () => {
    const base: ParamDefinitions = { a: { type: 'MAP', expression: 'm' }, b: { type: 'STRING', value: 'x' } };
    const map = { type: 'MAP', value: {} } as const;
    expect(problems(base, { a: map, b: map }, LAUNCH)).toEqual({
      'params.a': 'is a MAP given by an expression: a literal MAP cannot be merged into it',
      'params.b': 'is a STRING: a literal MAP cannot be merged into it',
    });
  });

  it('refuses maps that could overflow the stack', () => {
    let definition: ParamDefinitions = {};
    for (let depth = 0; depth < 40; depth += 1) definition = { m: { type: 'MAP', value: definition } };
    expect(Object.values(problems({}, definition, DEFINITION))[0]).toMatch(/nested more than 32 maps deep/);
  });

  it('treats names of inherited properties as ordinary names', () => {
    const incoming: ParamDefinitions = Object.fromEntries([['constructor', { type: 'LONG', value: 1n }]]);
    const merged = mergeParams({}, incoming, DEFINITION);
    expect(merged['constructor']).toEqual({ type: 'LONG', value: 1n, mode: 'MUTABLE', source: 'DEFINITION' });
  });
});

describe('mergeParams: types', () => {
  it.each<[ParamDefinition, ParamDefinition, unknown]>([
    [{ type: 'STRING', value: 'x' }, { type: 'LONG', value: 5n }, '5'],
    [{ type: 'STRING', value: 'x' }, { type: 'DOUBLE', value: '1.50' }, '1.50'],
    [{ type: 'STRING', value: 'x' }, { type: 'BOOLEAN', value: true }, 'true'],
    [{ type: 'LONG', value: 0n }, { type: 'STRING', value: '9223372036854775807' }, 9223372036854775807n],
    [{ type: 'BOOLEAN', value: true }, { type: 'STRING', value: 'False' }, false],
    [{ type: 'DOUBLE', value: '0.5' }, { type: 'LONG', value: 3n }, '3'],
    [{ type: 'STRING_ARRAY', value: [] }, { type: 'LONG_ARRAY', value: [1n, 2n] }, ['1', '2']],
  ])('keeps the type of %j under %j', (base, incoming, value) => {
    expect(mergeParams({ a: base }, { a: incoming }, LAUNCH)['a']).toMatchObject({ type: base.type, value });
  });

  it.each<[ParamDefinition, ParamDefinition]>([
    [
      { type: 'LONG', value: 0n },
      { type: 'DOUBLE', value: '1.5' },
    ],
    [
      { type: 'LONG', value: 0n },
      { type: 'STRING', value: '9223372036854775808' },
    ],
    [
      { type: 'BOOLEAN', value: true },
      { type: 'LONG', value: 1n },
    ],
    [
      { type: 'LONG_ARRAY', value: [] },
      { type: 'STRING_ARRAY', value: ['1'] },
    ],
  ])('refuses to change %j into %j', (base, incoming) => {
    expect(problems({ a: base }, { a: incoming }, LAUNCH)['params.a']).toMatch(/cannot be converted/);
  });
});

describe('mergeParams: permissions', () => {
  const value = (mode: ParamMode | undefined, number: bigint): ParamDefinitions => ({
    a: { type: 'LONG', value: number, ...(mode === undefined ? {} : { mode }) },
  });
  const mayChange = (mode: ParamMode, context: MergeContext): boolean =>
    Object.keys(problems(value(mode, 1n), value(undefined, 2n), context)).length === 0;

  it.each<[ParamSource, boolean, readonly ParamMode[]]>([
    ['LAUNCH', false, ['MUTABLE', 'MUTABLE_ON_START_RESTART', 'MUTABLE_ON_START']],
    ['DEFINITION', false, ['MUTABLE', 'MUTABLE_ON_START_RESTART', 'MUTABLE_ON_START']],
    ['FOREACH', false, ['MUTABLE', 'MUTABLE_ON_START_RESTART', 'MUTABLE_ON_START']],
    ['LAUNCH', true, ['MUTABLE', 'MUTABLE_ON_START_RESTART']],
    ['RESTART', false, ['MUTABLE', 'MUTABLE_ON_START_RESTART']],
    ['OUTPUT_PARAMETER', false, ['MUTABLE']],
    ['SYSTEM', false, ['MUTABLE', 'MUTABLE_ON_START_RESTART', 'MUTABLE_ON_START', 'IMMUTABLE', 'CONSTANT']],
  ])('%s (restart %s) may change %j', (source, restart, allowed) => {
    const modes: readonly ParamMode[] = [
      'MUTABLE',
      'MUTABLE_ON_START_RESTART',
      'MUTABLE_ON_START',
      'IMMUTABLE',
      'CONSTANT',
    ];
    expect(modes.filter((mode) => mayChange(mode, { source, restart }))).toEqual(allowed);
  });

  it('lets a change tighten a mode as far as the source reaches, and never relax it', () => {
    expect(problems(value('MUTABLE', 1n), value('MUTABLE_ON_START', 1n), LAUNCH)).toEqual({});
    expect(problems(value('MUTABLE', 1n), value('CONSTANT', 1n), LAUNCH)['params.a']).toMatch(/LAUNCH may not change/);
    expect(problems(value('MUTABLE_ON_START', 1n), value('MUTABLE', 2n), LAUNCH)['params.a']).toMatch(
      /relaxed to MUTABLE/,
    );
  });

  it('accepts a new param with any mode and an identical one always', () => {
    expect(problems({}, value('CONSTANT', 1n), LAUNCH)).toEqual({});
    expect(problems(value('CONSTANT', 1n), value('CONSTANT', 1n), LAUNCH)).toEqual({});
    expect(problems(value('CONSTANT', 1n), value('CONSTANT', 2n), LAUNCH)['params.a']).toMatch(/CONSTANT/);
  });

  it('holds the mode of a map over its children', () => {
    const base: ParamDefinitions = { m: { type: 'MAP', mode: 'IMMUTABLE', value: { x: { type: 'LONG', value: 1n } } } };
    const incoming: ParamDefinitions = { m: { type: 'MAP', value: { x: { type: 'LONG', value: 2n } } } };
    expect(Object.keys(problems(base, incoming, LAUNCH)).sort()).toEqual(['params.m', 'params.m.x']);
  });

  it('keeps reserved params for the system', () => {
    const base = mergeParams({}, { owner: { type: 'STRING', value: 'ann', internalMode: 'RESERVED' } }, DEFAULTS);
    expect(problems(base, { owner: { type: 'STRING', value: 'eve' } }, LAUNCH)['params.owner']).toMatch(/reserved/);
    expect(mergeParams(base, { owner: { type: 'STRING', value: 'bob' } }, { source: 'SYSTEM' })['owner']?.value).toBe(
      'bob',
    );
  });

  it('refuses internal modes and sources that a user sends along with a change', () => {
    const base = value(undefined, 1n);
    expect(problems(base, { a: { type: 'LONG', value: 2n, internalMode: 'OPTIONAL' } }, LAUNCH)['params.a']).toMatch(
      /internal_mode/,
    );
    expect(problems(base, { a: { type: 'LONG', value: 2n, source: 'SYSTEM' } }, LAUNCH)['params.a']).toMatch(/source/);
  });

  it('gives a parent full control over what did not come from a definition', () => {
    const parent: MergeContext = { source: 'SUBWORKFLOW', upstream: true };
    const from = (source: ParamSource): ParamDefinitions => ({ a: { type: 'LONG', value: 2n, source } });
    expect(problems(value('CONSTANT', 1n), from('LAUNCH'), parent)).toEqual({});
    expect(problems(value('CONSTANT', 1n), from('DEFINITION'), parent)['params.a']).toMatch(/CONSTANT/);
    expect(mergeParams(value('IMMUTABLE', 1n), from('LAUNCH'), parent)['a']?.mode).toBe('IMMUTABLE');
  });

  it('names every param that is refused', () => {
    const base: ParamDefinitions = { ...value('CONSTANT', 1n), b: { type: 'LONG', value: 1n, mode: 'IMMUTABLE' } };
    const incoming: ParamDefinitions = { a: { type: 'LONG', value: 2n }, b: { type: 'LONG', value: 2n } };
    expect(Object.keys(problems(base, incoming, LAUNCH))).toEqual(['params.a', 'params.b']);
  });
});

describe('mergeParams: tags, validator, meta and source', () => {
  it('unites tags, takes the newer validator and drops meta', () => {
    const base: ParamDefinitions = {
      a: { type: 'LONG', value: 1n, tags: ['x'], validator: '@Min(0)', meta: { info: 'i' } },
    };
    const merged = mergeParams(base, { a: { type: 'LONG', value: 1n, tags: ['y', 'x'] } }, LAUNCH);
    expect(merged['a']).toEqual({
      type: 'LONG',
      value: 1n,
      mode: 'MUTABLE',
      tags: ['x', 'y'],
      validator: '@Min(0)',
      source: 'LAUNCH',
    });
  });

  it('keeps the source of an unchanged param in system and upstream merges', () => {
    const base: ParamDefinitions = { a: { type: 'LONG', value: 1n, mode: 'MUTABLE', source: 'SYSTEM_DEFAULT' } };
    const same: ParamDefinitions = { a: { type: 'LONG', value: 1n } };
    expect(mergeParams(base, same, { source: 'SYSTEM' })['a']?.source).toBe('SYSTEM_DEFAULT');
    expect(mergeParams(base, same, { source: 'FOREACH', upstream: true })['a']?.source).toBe('SYSTEM_DEFAULT');
    expect(mergeParams(base, same, DEFINITION)['a']?.source).toBe('DEFINITION');
    expect(mergeParams({}, { a: { type: 'LONG', source: 'LAUNCH' } }, { source: 'SYSTEM' })['a']?.source).toBe(
      'LAUNCH',
    );
  });
});
