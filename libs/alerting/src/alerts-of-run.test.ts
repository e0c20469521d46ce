import type { Alerting, AlertType, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import { alertsOfRun, digestKey, digestOf, joinRoutes, resolvedBy, routeOf, rulesOf, type RunChange } from './index.js';

const run = { workflowId: 'etl', instanceId: 7n, runId: 2n };

function change(steps: readonly [string, StepStatus, StepStatus][], to?: WorkflowInstanceStatus): RunChange {
  return {
    run,
    tenant: 'default',
    ...(to === undefined ? {} : { status: { to, time: 500 } }),
    steps: steps.map(([stepId, from, into]) => ({ stepId, attempt: 3, from, to: into, time: 400 })),
  };
}

const keys = (of: RunChange, alerting: Alerting): readonly string[] =>
  alertsOfRun(of, rulesOf(alerting)).map(({ key, unlessStepTold }) => (unlessStepTold === true ? `${key}?` : key));

describe('alertsOfRun', () => {
  it.each<[StepStatus, boolean]>([
    ['FATALLY_FAILED', true],
    ['INTERNALLY_FAILED', true],
    ['TIMED_OUT', true],
    ['USER_FAILED', false],
    ['PLATFORM_FAILED', false],
    ['TIMEOUT_FAILED', false],
    ['COMPLETED_WITH_ERROR', false],
    ['STOPPED', false],
  ])('of a step that ends %s: %s', (status, told) => {
    expect(keys(change([['load', 'RUNNING', status]]), {})).toEqual(told ? ['STEP_FAILURE/etl/7/2/load#3'] : []);
  });

  it('says what failed, how, and in which attempt', () => {
    const [alert] = alertsOfRun(change([['load', 'RUNNING', 'FATALLY_FAILED']]), rulesOf({}));
    expect(alert).toEqual({
      key: 'STEP_FAILURE/etl/7/2/load#3',
      incident: 'STEP_FAILURE/etl/7/2/load',
      type: 'STEP_FAILURE',
      tenant: 'default',
      subject: { ...run, stepId: 'load' },
      time: 400,
      summary: 'step etl/7/2/load failed for good: FATALLY_FAILED, attempt 3',
      details: [],
    });
  });

  it('tells of the run, of steps, or of both, as the granularity says', () => {
    const failing = change([['load', 'RUNNING', 'FATALLY_FAILED']], 'FAILED');
    const of = (granularity: 'WORKFLOW' | 'STEP' | 'ALL') =>
      keys(failing, { typeConfigs: { STEP_FAILURE: { granularity } } });
    expect(of('WORKFLOW')).toEqual(['STEP_FAILURE/etl/7/2']);
    expect(of('ALL')).toEqual(['STEP_FAILURE/etl/7/2/load#3', 'STEP_FAILURE/etl/7/2']);
    expect(of('STEP')).toEqual(['STEP_FAILURE/etl/7/2/load#3', 'STEP_FAILURE/etl/7/2?']);
  });

  it('tells nothing of a run that somebody stopped', () => {
    expect(keys(change([['load', 'RUNNING', 'STOPPED']], 'STOPPED'), {})).toEqual([]);
  });

  it('tells of breakpoints and successes only where that is asked for', () => {
    const paused = change([['load', 'CREATED', 'PAUSED']]);
    const succeeded = change([['load', 'RUNNING', 'SUCCEEDED']], 'SUCCEEDED');
    expect([...keys(paused, {}), ...keys(succeeded, {})]).toEqual([]);
    const typeConfigs = { BREAKPOINT_HIT: {}, RUN_SUCCESS: {} };
    expect(keys(paused, { typeConfigs })).toEqual(['BREAKPOINT_HIT/etl/7/2/load#3']);
    expect(keys(succeeded, { typeConfigs })).toEqual(['RUN_SUCCESS/etl/7/2']);
    expect(keys(succeeded, { typeConfigs: { RUN_SUCCESS: { granularity: 'STEP' } } })).toEqual([
      'RUN_SUCCESS/etl/7/2/load#3',
    ]);
    expect(keys(change([], 'PAUSED'), { typeConfigs: { BREAKPOINT_HIT: { granularity: 'ALL' } } })).toEqual([
      'BREAKPOINT_HIT/etl/7/2',
    ]);
  });
});

describe('digest', () => {
  const failures = alertsOfRun(
    change([
      ['load', 'RUNNING', 'FATALLY_FAILED'],
      ['check', 'RUNNING', 'TIMED_OUT'],
    ]),
    rulesOf({}),
  );
  const [load, check] = failures;
  if (load === undefined || check === undefined) throw new Error('two failures are needed');

  it('gathers the failures of one run', () => {
    expect([load, check].map((alert) => digestKey({}, alert))).toEqual([
      'STEP_FAILURE/etl/7/2',
      'STEP_FAILURE/etl/7/2',
    ]);
  });

  it('is bypassed for a workflow or for steps that say so, and by all that is no failure', () => {
    expect(digestKey({ bypassDigestConfig: { workflow: true } }, load)).toBeUndefined();
    expect(digestKey({ bypassDigestConfig: { steps: ['load'] } }, load)).toBeUndefined();
    expect(digestKey({ bypassDigestConfig: { steps: ['load'] } }, check)).toBeDefined();
    expect(digestKey({}, { ...load, type: 'LONG_RUNNING' })).toBeUndefined();
  });

  it('is one message of the run; of one failure it is that failure', () => {
    expect(digestOf([load])).toBe(load);
    const digest = digestOf([{ ...load, details: ['exit code 3'] }, check]);
    expect(digest).toMatchObject({ key: 'STEP_FAILURE/etl/7/2', subject: run, summary: '2 failures in run etl/7/2' });
    expect(digest.subject.stepId).toBeUndefined();
    expect(digest.details).toEqual([
      'step etl/7/2/load failed for good: FATALLY_FAILED, attempt 3',
      '  exit code 3',
      'step etl/7/2/check failed for good: TIMED_OUT, attempt 3',
    ]);
  });
});

it('a digest goes to everybody who is told of one of its alerts', () => {
  const routes = ['a@b.c', 'd@e.f', 'a@b.c'].map((email) => routeOf({ emails: [email] }, 'STEP_FAILURE'));
  expect(joinRoutes(routes)).toMatchObject({ emails: ['a@b.c', 'd@e.f'], severity: 'ERROR', cancel: false });
});

describe('resolvedBy', () => {
  const types = (of: RunChange, type: AlertType) => resolvedBy(of).filter((each) => each.types.includes(type));

  it('a success puts right what was wrong with any run of the instance, and ends the wait for one', () => {
    const success = change([], 'SUCCEEDED');
    expect(types(success, 'STEP_FAILURE').map(({ subject }) => subject)).toEqual([
      { workflowId: 'etl', instanceId: 7n },
    ]);
    expect(types(success, 'SUCCESS_WITHIN').map(({ subject }) => subject)).toEqual([{ workflowId: 'etl' }]);
  });

  it('a failed run is no longer long running, but failed it has', () => {
    const failure = change([], 'FAILED');
    expect(types(failure, 'LONG_RUNNING')).toHaveLength(1);
    expect(types(failure, 'STEP_FAILURE')).toEqual([]);
  });

  it('a step that goes on puts right what held it', () => {
    expect(types(change([['load', 'PAUSED', 'RUNNING']]), 'BREAKPOINT_HIT')).toHaveLength(1);
    expect(types(change([['load', 'WAITING_FOR_SIGNALS', 'RUNNING']]), 'DEPENDENCY_LATE')).toHaveLength(1);
    expect(types(change([['load', 'RUNNING', 'SUCCEEDED']]), 'STEP_FAILURE')).toHaveLength(1);
    expect(types(change([['load', 'RUNNING', 'FATALLY_FAILED']]), 'STEP_FAILURE')).toEqual([]);
    expect(resolvedBy(change([['load', 'CREATED', 'RUNNING']]))).toEqual([]);
  });
});
