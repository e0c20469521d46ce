import { MaestroError, type Json, type JsonObject } from '@maestro/domain';
import {
  parseJsonText,
  readParamDefinitions,
  readPropertiesChange,
  readPushRequest,
  readRunStrategy,
  readStartRequest,
  readTag,
  readUser,
  runStrategyToJson,
  stringifyJson,
  tagToJson,
  userToJson,
} from './index.js';

function refused(act: () => unknown): { code: string; violations: string[] } {
  try {
    act();
  } catch (error) {
    if (error instanceof MaestroError)
      return { code: error.code, violations: error.violations.map(({ path, message }) => `${path}: ${message}`) };
    throw error;
  }
  throw new Error('was accepted');
}

describe('a start request', () => {
  const start = (members: JsonObject): Json => ({ initiator: { type: 'manual' }, request_id: 'r', ...members });

  test('is read', () => {
    const request = start({
      runtime_tags: ['adhoc'],
      run_params: { limit: { type: 'LONG', value: 2n } },
      persist_failed_run: true,
    });
    expect(readStartRequest(request)).toEqual({
      initiator: { type: 'MANUAL' },
      requestId: 'r',
      runtimeTags: [{ name: 'adhoc' }],
      runParams: { limit: { type: 'LONG', value: 2n } },
      persistFailedRun: true,
    });
  });

  test('is refused for unknown fields, reserved names, and what only the system sets', () => {
    const param = { type: 'LONG', value: 1n };
    const run_params = { Params: param, a: { ...param, source: 'SYSTEM' }, b: { ...param, internal_mode: 'RESERVED' } };
    expect(refused(() => readStartRequest(start({ run_params, runparams: {} })))).toEqual({
      code: 'INVALID_REQUEST',
      violations: [
        'runparams: unknown field "runparams"; did you mean "run_params"?',
        'run_params.Params: "Params" is reserved',
        'run_params.a.source: is set by the system only',
        'run_params.b.internal_mode: is set by the system only',
      ],
    });
  });

  test('has at most 128 params, and names its initiator and its id', () => {
    const params = (count: number): JsonObject =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, { type: 'LONG', value: 1n }]));
    expect(readStartRequest(start({ run_params: params(128) })).runParams).toHaveProperty('p127');
    expect(refused(() => readStartRequest(start({ run_params: params(129) }))).violations).toEqual([
      'run_params: there are 129 params; at most 128 are allowed',
    ]);
    expect(refused(() => readStartRequest({})).violations).toEqual([
      'initiator: is required',
      'request_id: is required',
    ]);
  });
});

describe('a change of properties', () => {
  test('may not set and reset the same thing, nor set tags', () => {
    const change = {
      run_strategy: 'parallel',
      reset_run_strategy_rule: true,
      step_concurrency: 5n,
      reset_step_concurrency: true,
      tags: [],
    };
    expect(refused(() => readPropertiesChange(change))).toEqual({
      code: 'INVALID_REQUEST',
      violations: [
        'tags: unknown field "tags"',
        'reset_run_strategy_rule: run_strategy is set and reset by the same change; keep one of them',
        'reset_step_concurrency: step_concurrency is set and reset by the same change; keep one of them',
      ],
    });
  });

  test('may set one thing and reset another', () => {
    expect(readPropertiesChange({ owner: 'ann', step_concurrency: 5n, reset_workflow_concurrency: true })).toEqual({
      owner: { name: 'ann' },
      stepConcurrency: 5,
      resetWorkflowConcurrency: true,
    });
  });
});

describe('short forms', () => {
  test.each<[Json, Json]>([
    ['parallel', { rule: 'PARALLEL', workflow_concurrency: 20n }],
    [7n, { rule: 'PARALLEL', workflow_concurrency: 7n }],
    [
      { rule: 'First_Only', workflow_concurrency: 9n },
      { rule: 'FIRST_ONLY', workflow_concurrency: 1n },
    ],
    [{ workflow_concurrency: 3n }, { rule: 'PARALLEL', workflow_concurrency: 3n }],
  ])('run strategy %p', (written, full) => {
    expect(runStrategyToJson(readRunStrategy(written))).toEqual(full);
  });

  test('a run strategy says something that exists', () => {
    expect(refused(() => readRunStrategy({})).violations).toEqual([
      'run_strategy: needs a rule or a workflow_concurrency',
    ]);
    expect(refused(() => readRunStrategy({ rule: 'PARALEL' })).violations).toEqual([
      expect.stringMatching(/^run_strategy\.rule: "PARALEL" is not one of .*; did you mean "PARALLEL"\?$/),
    ]);
  });

  test('tags and users are text when they are no more than a name', () => {
    expect(tagToJson(readTag({ name: 'etl' }))).toBe('etl');
    expect(tagToJson(readTag({ name: 'etl', namespace: 'system', team: 'data' }))).toEqual({
      name: 'etl',
      namespace: 'SYSTEM',
      team: 'data',
    });
    expect(userToJson(readUser({ name: 'ann' }))).toBe('ann');
    expect(userToJson(readUser({ name: 'ann', team: 'data' }))).toEqual({ name: 'ann', team: 'data' });
  });
});

describe('parsed JSON', () => {
  test('names the place it comes from when params are read', () => {
    expect(refused(() => readParamDefinitions({ x: { type: 'LONG', value: 'a' } }, 'steps[2].params'))).toEqual({
      code: 'INVALID_PARAM',
      violations: ['steps[2].params.x.value: expected a whole number, not text'],
    });
  });

  test('takes an inherited member for no member', () => {
    const inherited = Object.create({ id: 'w', steps: [] }) as JsonObject;
    expect(refused(() => readPushRequest({ workflow: inherited })).violations).toContain('workflow.id: is required');
  });

  test('is refused when it is nested beyond reason', () => {
    let json: Json = 1n;
    for (let i = 0; i < 10_000; i++) json = [json];
    expect(refused(() => readPushRequest(json)).violations).toEqual([': is nested too deeply']);
  });
});

describe('JSON text', () => {
  test('keeps whole numbers and decimals apart, whatever their size', () => {
    const text = '{"a":9223372036854775807,"b":1.0,"c":-0.5,"d":[1e3,"x"],"__proto__":{"e":1}}';
    const json = parseJsonText(text);
    expect(json).toMatchObject({ a: 9223372036854775807n, b: 1, c: -0.5, d: [1000, 'x'] });
    expect(stringifyJson(json)).toBe('{"a":9223372036854775807,"b":1.0,"c":-0.5,"d":[1000.0,"x"],"__proto__":{"e":1}}');
  });

  test('that is none is refused with line and column', () => {
    let thrown: unknown;
    try {
      parseJsonText('{\n  "a" 1 }');
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'INVALID_REQUEST', violations: [{ line: 2, column: 7 }] });
  });
});
