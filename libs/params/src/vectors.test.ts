import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParamDefinition, ParamDefinitions, Params, ParamType, ParamValue } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { parse } from 'lossless-json';
import { evaluateParams, interpolate, type ParamScope, type ParamsOutcome } from './index.js';

interface Vector {
  readonly id: string;
  readonly expr: string;
  readonly mode: string;
  readonly params: Readonly<Record<string, string>>;
  readonly expected: ParamValue | null;
  readonly error: boolean;
  readonly param_type: ParamType;
  readonly refs?: ParamDefinitions;
  readonly step_id?: string;
  readonly known_steps?: readonly string[];
  readonly workflow_params?: Readonly<Record<string, ParamDefinition | bigint>>;
  readonly step_params?: ParamDefinitions;
  readonly signals?: Readonly<Record<string, Readonly<Record<string, bigint>>>>;
}

const VECTORS = parse(readFileSync(join(__dirname, '../fixtures/param-vectors.json'), 'utf8'), null, (text) =>
  /^-?\d+$/.test(text) ? BigInt(text) : Number(text),
) as readonly Vector[];

function evaluate(vector: Vector): ParamsOutcome {
  const definitions = { ...vector.refs, ...vector.step_params, ...definitionsOf(vector) };
  const compiler = createCompiler({ cacheSize: 10 });
  return evaluateParams({ definitions, scope: scopeOf(vector), compiler, limits: PRESETS.IN_PLACE, at: 0 });
}

/** Two vectors write several params into one text: `[step params in order] foo=bar + 1; bar=foo + 1`. */
function definitionsOf({ expr, param_type: type }: Vector): ParamDefinitions {
  const inOrder = /^\[step params in order\] (.*)$/.exec(expr)?.[1];
  if (inOrder === undefined) return { answer: { type, expression: expr } };
  const entries = inOrder.split(';').map((part) => part.trim().split('='));
  return Object.fromEntries(entries.map(([name = '', expression = '']) => [name, { type: 'LONG', expression }]));
}

function scopeOf(vector: Vector): ParamScope {
  const { step_id: stepId, known_steps: steps = [], workflow_params: workflow, signals = {} } = vector;
  const functions = { signalParam: (signal: string, name: string) => signals[signal]?.[name] };
  if (stepId === undefined && workflow === undefined) return { functions };
  return {
    functions,
    stepId: stepId ?? 'step1',
    workflowParams: evaluated(workflow ?? {}),
    isStep: (id) => steps.includes(id),
  };
}

function evaluated(params: NonNullable<Vector['workflow_params']>): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const definition: ParamDefinition = typeof value === 'bigint' ? { type: 'LONG', value } : value;
      return [name, { definition, evaluatedResult: definition.value as ParamValue, evaluatedTime: 0 }];
    }),
  );
}

describe.each([
  { mode: 'param', recorded: { values: 14, errors: 6 } },
  { mode: 'engine', recorded: { values: 5, errors: 0 } },
])('vectors of mode $mode', ({ mode, recorded }) => {
  const vectors = VECTORS.filter((vector) => vector.mode === mode);

  it.each(vectors)('$id $expr', (vector) => {
    const outcome = evaluate(vector);
    if (vector.error) {
      expect(outcome.kind).toBe('error');
      return;
    }
    if (outcome.kind !== 'values') throw new Error(JSON.stringify(outcome));
    const values = Object.fromEntries(
      Object.entries(outcome.params).map(([name, param]) => [name, param.evaluatedResult]),
    );
    expect(values['answer'] ?? values).toEqual(vector.expected);
  });

  it('are as many as recorded here', () => {
    const errors = vectors.filter(({ error }) => error).length;
    expect({ values: vectors.length - errors, errors }).toEqual(recorded);
  });
});

describe('vectors of mode interpolate', () => {
  const vectors = VECTORS.filter((vector) => vector.mode === 'interpolate');

  it.each(vectors)('$id $expr', ({ expr, params, expected, error }) => {
    const texts = evaluated(
      Object.fromEntries(Object.entries(params).map(([name, value]) => [name, { type: 'STRING', value }])),
    );
    const outcome = interpolate(expr, {
      workflowParams: texts,
      isStep: (id) => id.startsWith('signal-'),
      stepParam: (id, name) => params[`${id}__${name}`],
    });
    if (error) expect(outcome.kind).toBe('error');
    else expect(outcome).toEqual({ kind: 'value', value: expected });
  });

  it('covers all of them', () => {
    expect(vectors).toHaveLength(11);
  });
});
