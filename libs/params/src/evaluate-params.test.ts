import type { ParamDefinitions, Params, ParamValue } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { evaluateParams, type ParamScope, type ParamsOutcome } from './index.js';

const compiler = createCompiler({ cacheSize: 100 });

function evaluate(definitions: ParamDefinitions, scope: ParamScope = {}, fuel = PRESETS.IN_PLACE.fuel): ParamsOutcome {
  return evaluateParams({ definitions, scope, compiler, limits: { ...PRESETS.IN_PLACE, fuel }, at: 1_700 });
}

function values(definitions: ParamDefinitions, scope: ParamScope = {}): Record<string, ParamValue | undefined> {
  const outcome = evaluate(definitions, scope);
  if (outcome.kind !== 'values') throw new Error(JSON.stringify(outcome));
  return Object.fromEntries(Object.entries(outcome.params).map(([name, param]) => [name, param.evaluatedResult]));
}

function problems(definitions: ParamDefinitions, scope: ParamScope = {}, fuel?: number): Record<string, string> {
  const outcome = evaluate(definitions, scope, fuel);
  if (outcome.kind !== 'error') throw new Error(outcome.kind);
  return Object.fromEntries(outcome.violations.map(({ path, message }) => [path, message]));
}

function evaluated(params: Record<string, ParamValue>): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      { definition: { type: 'STRING' }, evaluatedResult: value, evaluatedTime: 0 },
    ]),
  );
}

describe('evaluateParams: values', () => {
  it('evaluates literals of every type to themselves, with the time', () => {
    const definitions: ParamDefinitions = {
      string: { type: 'STRING', value: 'text' },
      long: { type: 'LONG', value: 9223372036854775807n },
      double: { type: 'DOUBLE', value: '1.50' },
      boolean: { type: 'BOOLEAN', value: false },
      strings: { type: 'STRING_ARRAY', value: ['a'] },
      longs: { type: 'LONG_ARRAY', value: [1n] },
      doubles: { type: 'DOUBLE_ARRAY', value: ['0.1', '2'] },
      booleans: { type: 'BOOLEAN_ARRAY', value: [true] },
      texts: { type: 'STRING_MAP', value: { k: 'v' } },
      map: { type: 'MAP', value: { inner: { type: 'LONG', value: 7n } } },
    };
    expect(values(definitions)).toEqual({
      string: 'text',
      long: 9223372036854775807n,
      double: 1.5,
      boolean: false,
      strings: ['a'],
      longs: [1n],
      doubles: [0.1, 2],
      booleans: [true],
      texts: { k: 'v' },
      map: { inner: 7n },
    });
    const outcome = evaluate({ a: { type: 'LONG', value: 1n, mode: 'CONSTANT' } });
    expect(outcome).toMatchObject({
      params: {
        a: { definition: { type: 'LONG', value: 1n, mode: 'CONSTANT' }, evaluatedResult: 1n, evaluatedTime: 1_700 },
      },
    });
  });

  it('evaluates what an expression or text refers to first, and keeps the order of the definitions', () => {
    const definitions: ParamDefinitions = {
      c: { type: 'LONG', expression: 'a + b' },
      text: { type: 'STRING', value: '$a ${b} $$a ${list} ${map}' },
      b: { type: 'LONG', expression: 'a * 2' },
      a: { type: 'LONG', value: 5n },
      list: { type: 'LONG_ARRAY', value: [1n, 9223372036854775807n] },
      map: { type: 'MAP', value: { d: { type: 'DOUBLE', value: '2' }, e: { type: 'STRING', value: '"${a}"' } } },
    };
    const result = values(definitions);
    expect(Object.keys(result)).toEqual(Object.keys(definitions));
    expect(result['c']).toBe(15n);
    expect(result['text']).toBe('5 10 $a [1,9223372036854775807] {"d":2.0,"e":"\\"5\\""}');
  });

  it('interpolates array elements, map keys and map values, once', () => {
    const definitions: ParamDefinitions = {
      name: { type: 'STRING', value: '$$other' },
      array: { type: 'STRING_ARRAY', value: ['x-${name}'] },
      map: { type: 'STRING_MAP', value: { '${name}': '$name' } },
    };
    expect(values(definitions)).toMatchObject({ array: ['x-$other'], map: { $other: '$other' } });
  });

  it('converts results where a conversion exists and leaves a note', () => {
    const definitions: ParamDefinitions = {
      text: { type: 'STRING', expression: '1.0' },
      long: { type: 'LONG', expression: "'12'" },
      double: { type: 'DOUBLE', expression: '3' },
    };
    const outcome = evaluate(definitions);
    expect(values(definitions)).toEqual({ text: '1.0', long: 12n, double: 3 });
    expect(outcome).toMatchObject({
      params: {
        text: { definition: { meta: { info: expect.stringContaining('DOUBLE to STRING') as string } } },
        long: { definition: { meta: { warn: expect.stringContaining('STRING to LONG') as string } } },
      },
    });
  });
});

describe('evaluateParams: references', () => {
  const scope: ParamScope = {
    stepId: 'me',
    workflowParams: evaluated({ day: 'monday', shared: 'workflow' }),
    isStep: (id) => ['me', 'load', 'later'].includes(id),
    stepParam: (id, name) => (id === 'load' ? { rows: 42n, MAESTRO_STEP_STATUS: 'SUCCEEDED' }[name] : undefined),
    stepField: (field) => (field === 'step_attempt_id' ? 2n : undefined),
    instanceField: (field) => ({ workflow_id: 'wf', INITIATOR_TIMEZONE: null })[field],
  };

  it('reads workflow params, own params and params of finished steps', () => {
    const definitions: ParamDefinitions = {
      mine: { type: 'LONG', value: 1n },
      a: { type: 'STRING', expression: "day + '/' + params.day + '/' + params['day'] + '/' + params.get('day')" },
      b: { type: 'LONG', expression: "load__rows + params.getFromStep('load', 'rows') + me__mine + mine" },
      c: { type: 'STRING', value: '${load__rows} of ${day}' },
      d: { type: 'BOOLEAN', expression: "params.containsKey('day') && !params.containsKey('mine')" },
    };
    expect(values(definitions, scope)).toMatchObject({
      a: 'monday/monday/monday/monday',
      b: 86n,
      c: '42 of monday',
      d: true,
    });
  });

  it('reads fields of the step and the instance; a field without a value is empty text', () => {
    const definitions: ParamDefinitions = {
      attempt: { type: 'LONG', expression: "params.getFromStep('step_attempt_id')" },
      status: { type: 'STRING', expression: "params.getFromStep('load', 'MAESTRO_STEP_STATUS')" },
      id: { type: 'STRING', expression: "params.getFromInstance('workflow_id')" },
      zone: { type: 'STRING', expression: "params.getFromInstance('INITIATOR_TIMEZONE')" },
    };
    expect(values(definitions, scope)).toEqual({ attempt: 2n, status: 'SUCCEEDED', id: 'wf', zone: '' });
  });

  it('lets a workflow param hide a step param of its name that comes later', () => {
    const later: ParamDefinitions = {
      a: { type: 'STRING', expression: 'shared' },
      shared: { type: 'STRING', value: 'step' },
      b: { type: 'STRING', expression: 'shared' },
    };
    expect(values(later, scope)).toEqual({ a: 'workflow', shared: 'step', b: 'step' });
  });

  it('reads a workflow param whose name holds the separator before it looks for a step', () => {
    const definitions: ParamDefinitions = {
      a__b: { type: 'LONG', value: 1n },
      c: { type: 'LONG', expression: 'a__b' },
    };
    expect(values(definitions)).toMatchObject({ c: 1n });
  });

  it('tells what cannot be read, each at its param', () => {
    const definitions: ParamDefinitions = {
      a: { type: 'STRING', expression: 'missing' },
      b: { type: 'STRING', value: 'x ${missing}' },
      c: { type: 'STRING', expression: 'later__x' },
      d: { type: 'STRING', expression: "params.getFromStep('nowhere', 'x')" },
      e: { type: 'STRING', expression: 'signal__x' },
      f: { type: 'STRING', expression: "params.getFromForeach('a', 'b', 'c')" },
      g: { type: 'STRING', expression: "params.getFromInstance('shoe_size')" },
      h: { type: 'STRING', expression: 'constructor' },
    };
    expect(problems(definitions, scope)).toEqual({
      a: 'unknown name missing: it is no param of this step or workflow',
      b: 'cannot be interpolated, as param [missing] is not found',
      c: 'step later has no evaluated param x, or is no finished upstream step',
      d: 'there is no step nowhere',
      e: expect.stringContaining(
        'signal__x names no step, and as a param of signal signal it cannot be read',
      ) as string,
      f: expect.stringContaining('params.getFromForeach(..) cannot be answered here: only a step after') as string,
      g: 'getFromInstance: an instance has no field shoe_size here',
      h: 'unknown name constructor: it is no param of this step or workflow',
    });
  });
});

describe('evaluateParams: programs', () => {
  it('may give names of their own a value, also that of the param itself', () => {
    const definitions: ParamDefinitions = {
      total: { type: 'LONG', expression: 'total = 0; for (i = 0; i < 3; i += 1) { total += i; } return total;' },
    };
    expect(values(definitions)).toEqual({ total: 3n });
  });

  it('cannot change the type of a param that they give a value, nor the param', () => {
    const definitions: ParamDefinitions = {
      n: { type: 'LONG', value: 1n },
      same: { type: 'LONG', expression: 'n = 2; return n;' },
      after: { type: 'LONG', expression: 'n' },
      other: { type: 'STRING', expression: "n = 'x'; return n;" },
    };
    expect(Object.keys(problems(definitions))).toEqual(['other']);
    const { other: _, ...fine } = definitions;
    expect(values(fine)).toEqual({ n: 1n, same: 2n, after: 1n });
  });
});

describe('evaluateParams: errors and limits', () => {
  it('gives the position and an excerpt of an error in an expression', () => {
    const outcome = evaluate({ a: { type: 'LONG', expression: '1 +\n  (2 / 0)' } });
    expect(outcome).toEqual({
      kind: 'error',
      violations: [
        {
          path: 'a',
          message: 'division by zero: 2 / 0',
          line: 2,
          column: 6,
          excerpt: '  (2 / 0)\n     ^',
          kind: 'arithmetic',
        },
      ],
    });
  });

  it('says for programs what cannot be done yet, and which name is missing', () => {
    const outcome = evaluate({
      later: { type: 'LONG', expression: 'params.nextUniqueId()' },
      reference: { type: 'STRING', value: '${signal__x}' },
      named: { type: 'STRING', expression: 'missing + 1' },
      filled: { type: 'STRING', value: 'x ${missing}' },
    });
    expect(outcome).toMatchObject({
      violations: [
        { path: 'later', kind: 'unsupported' },
        { path: 'reference', kind: 'unsupported' },
        { path: 'named', kind: 'host', unknownName: 'missing' },
        { path: 'filled', kind: 'host', unknownName: 'missing' },
      ],
    });
  });

  it('finds cycles of any length, through texts too', () => {
    const definitions: ParamDefinitions = {
      a: { type: 'STRING', expression: 'b' },
      b: { type: 'STRING', value: '${c}' },
      c: { type: 'STRING', expression: "params['a']" },
      fine: { type: 'LONG', value: 1n },
    };
    expect(problems(definitions)).toEqual({ a: 'contains a cyclic reference chain: a -> b -> c -> a' });
  });

  it('lists every param that is wrong by itself, and not what only depends on one', () => {
    const definitions: ParamDefinitions = {
      dependent: { type: 'LONG', expression: 'broken + 1' },
      broken: { type: 'LONG', expression: '1 +' },
      typed: { type: 'LONG', expression: 'true' },
      nested: { type: 'MAP', value: { inner: { type: 'LONG', expression: "'x'" } } },
    };
    expect(problems(definitions)).toEqual({
      broken: 'expected an expression but found the end of the expression',
      typed: 'is expected to be a LONG but its expression gave a BOOLEAN',
      'nested.inner': 'is expected to be a LONG but its expression gave a STRING "x"',
    });
  });

  it('refuses results that are larger than all params may be', () => {
    const definitions: ParamDefinitions = {
      a: { type: 'STRING', value: 'x'.repeat(400_000) },
      b: { type: 'STRING', value: 'y'.repeat(400_000) },
      c: { type: 'STRING', value: '$a$a$a' },
    };
    expect(problems(definitions)).toEqual({
      b: 'makes the evaluated params larger than 750000 characters of JSON',
    });
  });

  it('refuses text that grows beyond the limit while it is put together', () => {
    const definitions: ParamDefinitions = {
      a: { type: 'STRING', value: 'x'.repeat(9_000) },
      b: { type: 'STRING', value: '$a'.repeat(1_000) },
    };
    expect(problems(definitions, {}, PRESETS.FULL.fuel)).toEqual({
      b: 'is longer than 750000 characters when interpolated',
    });
    expect(evaluate(definitions)).toEqual({ kind: 'exhausted', limit: 'fuel' });
  });

  it('shares the fuel among all params', () => {
    const definitions: ParamDefinitions = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`p${index}`, { type: 'LONG', expression: '1 + 2 + 3 + 4' }]),
    );
    expect(evaluate(definitions, {}, 2_000).kind).toBe('values');
    expect(evaluate(definitions, {}, 100)).toEqual({ kind: 'exhausted', limit: 'fuel' });
  });

  it('refuses a chain of references that could overflow the stack', () => {
    const entries = Array.from({ length: 5_000 }, (_, index): [string, ParamDefinitions[string]] => [
      `p${index}`,
      { type: 'LONG', expression: `p${index + 1} + 1` },
    ]);
    expect(Object.values(problems(Object.fromEntries(entries), {}, PRESETS.FULL.fuel))[0]).toMatch(
      /chain of more than 200 references/,
    );
  });

  it('evaluates a long chain that is written in its order', () => {
    const entries = Array.from({ length: 1_000 }, (_, index): [string, ParamDefinitions[string]] => [
      `p${index}`,
      index === 0 ? { type: 'LONG', value: 0n } : { type: 'LONG', expression: `p${index - 1} + 1` },
    ]);
    const outcome = evaluate(Object.fromEntries(entries), {}, PRESETS.FULL.fuel);
    expect(outcome).toMatchObject({ kind: 'values', params: { p999: { evaluatedResult: 999n } } });
  });

  it('counts what it takes to compile a text, so that many long ones are not compiled in place', () => {
    const long = (index: number): string => `${index} == 0 ? 0 : 1${' + 1'.repeat(900)}`;
    const definitions = (count: number): ParamDefinitions =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`p${index}`, { type: 'LONG', expression: long(index) }]),
      );
    expect(evaluate(definitions(1)).kind).toBe('values');
    expect(evaluate(definitions(20)).kind).toBe('exhausted');
  });
});
