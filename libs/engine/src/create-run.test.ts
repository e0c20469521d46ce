import type { Initiator, StartRequest, Workflow } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { compilePlan } from './compile-plan.js';
import { createRun, type Creation } from './create-run.js';

const step = { kind: 'step', id: 'a', type: 'NoOp' } as const;

function create(workflow: Partial<Workflow>, start: Partial<StartRequest> = {}, limits = PRESETS.FULL): Creation {
  const full = { id: 'w', steps: [step], ...workflow };
  const compiler = createCompiler({ cacheSize: 10 });
  const plan = compilePlan({ workflowKey: 9n, version: 3n, workflow: full, compiler, stepType });
  const request = { initiator: { type: 'MANUAL' }, requestId: 'r1', ...start } as const;
  return createRun(plan, { runKey: 7n, instanceId: 4n, runId: 1n, tenant: 't', at: 500, start: request }, limits);
}

const long = (value: bigint) => ({ type: 'LONG', value }) as const;

describe('createRun', () => {
  test('makes a run that has not begun', () => {
    const created = create({});
    expect(created).toMatchObject({
      kind: 'created',
      header: {
        workflowId: 'w',
        instanceId: 4n,
        status: 'CREATED',
        correlationId: 'w:4:1',
        requestTime: 500,
        runPolicy: 'START_FRESH_NEW_RUN',
        counts: {},
        open: 0,
        timeoutMillis: 10 * 24 * 3_600_000,
      },
    });
  });

  test('puts run params over those of the workflow and evaluates them', () => {
    const params = { n: long(1n), twice: { type: 'LONG', expression: 'n * 2' } } as const;
    const created = create({ params, timeout: '${twice} min' }, { runParams: { n: long(21n) } });
    expect(created).toMatchObject({
      header: { params: { n: { evaluatedResult: 21n }, twice: { evaluatedResult: 42n } }, timeoutMillis: 42 * 60_000 },
    });
  });

  test('can tell its params who started it', () => {
    const params = { who: { type: 'STRING', expression: "params.getFromInstance('INITIATOR_RUNNER_NAME')" } } as const;
    const initiator: Initiator = { type: 'MANUAL', user: { name: 'ann' } };
    expect(create({ params }, { initiator })).toMatchObject({
      header: { params: { who: { evaluatedResult: 'ann' } } },
    });
  });

  const refusals: [string, Partial<Workflow>, Partial<StartRequest>, string, RegExp][] = [
    [
      'a param that may not change',
      { params: { n: { ...long(1n), mode: 'CONSTANT' } } },
      { runParams: { n: long(2n) } },
      'params.n',
      /CONSTANT/,
    ],
    [
      'a param that cannot be evaluated',
      { params: { n: { type: 'LONG', expression: 'nowhere' } } },
      {},
      'params.n',
      /nowhere/,
    ],
    ['a param without a value', { params: { n: { type: 'LONG' } } }, {}, 'params.n', /required/],
    [
      'params for an unknown step',
      {},
      { stepRunParams: { b: {} } },
      'step_run_params.b',
      /version 3 of workflow w does not have/,
    ],
    ['a timeout that is none', { timeout: 'soon' }, {}, 'timeout', /duration/],
    ['a timeout of nothing', { timeout: 0n }, {}, 'timeout', /more than 0/],
    ['a timeout of years', { timeout: '400 days' }, {}, 'timeout', /at most 120 days/],
  ];
  test.each(refusals)('rejects %s and names the field', (_, workflow, start, path, message) => {
    const created = create(workflow, start);
    if (created.kind !== 'rejected') throw new Error(created.kind);
    expect(created.violations.map((violation) => violation.path)).toEqual([path]);
    expect(created.message).toMatch(message);
  });

  test('rejects more run params than allowed', () => {
    const runParams = Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`p${at}`, long(1n)]));
    expect(create({}, { runParams })).toMatchObject({ kind: 'rejected', violations: [{ path: 'run_params' }] });
  });

  test('says when the limits do not suffice, and how the run waits for its params', () => {
    const params = { size: { type: 'LONG', expression: 'v = 0; while (v < 12000) v += 1; v' } } as const;
    expect(create({ params }, {}, PRESETS.IN_PLACE)).toMatchObject({
      kind: 'exhausted',
      header: { status: 'CREATED', evaluation: {}, params: {} },
    });
    expect(create({ params })).toMatchObject({ header: { params: { size: { evaluatedResult: 12_000n } } } });
  });
});
