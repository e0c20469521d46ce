import type { RestartConfig, StartRequest, StepStatus, Workflow, WorkflowInstanceStatus } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { compilePlan } from '../compile-plan.js';
import { createRun } from '../create-run.js';
import { decide } from '../decide.js';
import type { Plan } from '../plan.js';
import { applyChange } from '../run-state.js';
import type { RunHeader, RunState, StepState } from '../state.js';
import { createRestart } from './create-restart.js';
import { previousRun, takenSteps, type PreviousRun } from './previous-run.js';
import { restartedState } from './restarted-state.js';

const compiler = createCompiler({ cacheSize: 100 });
const START: StartRequest = { initiator: { type: 'MANUAL', user: { name: 'ann' } }, requestId: 'r' };

/** `a>b,c` = step a leads to b and c. */
function planOf(steps: string, version = 1n, more: Partial<Workflow> = {}): Plan {
  const workflow: Workflow = {
    id: 'w',
    steps: steps.split(' ').map((text) => {
      const [id = '', to = ''] = text.split('>');
      const successors = Object.fromEntries(to === '' ? [] : to.split(',').map((next) => [next, 'true']));
      return { kind: 'step', id, type: 'Echo', transition: { successors } };
    }),
    ...more,
  };
  return compilePlan({ workflowKey: 1n, version, workflow, compiler, stepType });
}

function headerOf(plan: Plan, status: WorkflowInstanceStatus): RunHeader {
  const request = { runKey: 1n, instanceId: 7n, runId: 1n, tenant: 'default', at: 0, start: START };
  const created = createRun(plan, request, PRESETS.FULL);
  if (created.kind !== 'created') throw new Error(created.kind);
  return { ...created.header, status };
}

/** `a=SUCCEEDED b=FATALLY_FAILED`: the first run as it ended; complete steps lead to all their successors. */
function firstRun(plan: Plan, steps: string): PreviousRun {
  const own = steps.split(' ').map((text): StepState => {
    const [id = '', status = ''] = text.split('=');
    const ordinal = plan.ordinals.get(id) ?? -1;
    const taken = plan.steps[ordinal]?.successors.map(({ to }) => to) ?? [];
    const retries = { USER: 0, PLATFORM: 0, TIMEOUT: 0 };
    return { ordinal, attempt: 1, status: status as StepStatus, dispatch: 1, times: {}, retries, taken };
  });
  return previousRun(plan, headerOf(plan, 'FAILED'), own, []);
}

interface Restarted {
  readonly header: RunHeader;
  readonly state: RunState;
}

function restart(plan: Plan, previous: PreviousRun, over: Partial<RestartConfig> = {}, stepId?: string): Restarted {
  const policy = stepId === undefined ? 'RESTART_FROM_INCOMPLETE' : 'RESTART_FROM_SPECIFIC';
  const path = [{ workflowId: 'w', instanceId: 7n, ...(stepId === undefined ? {} : { stepId }) }];
  const config = {
    path,
    policy,
    downstreamPolicy: policy,
    params: {},
    stepParams: {},
    skipSteps: [],
    ...over,
  } as const;
  const { runKey, runId } = previous.header;
  const request = { runKey: runKey + 1n, instanceId: 7n, runId: runId + 1n, tenant: 'default', at: 9, start: START };
  const created = createRestart(plan, request, { previous, config, by: 'bob' }, PRESETS.FULL);
  if (created.kind !== 'created')
    throw new Error(JSON.stringify(created.kind === 'rejected' ? created.violations : ''));
  return { header: created.header, state: restartedState(plan, created.header, previous) };
}

const ids = (plan: Plan, ordinals: readonly number[] = []): string =>
  ordinals.map((ordinal) => plan.steps[ordinal]?.id).join(' ');

/** Which steps begin, are taken over and are left. */
function chosen(plan: Plan, { header }: Restarted): readonly string[] {
  const { roots, inherited = [], left = [] } = header.restart ?? {};
  return [
    ids(plan, roots),
    ...[inherited, left].map((taken) =>
      ids(
        plan,
        taken.map(({ ordinal }) => ordinal),
      ),
    ),
  ];
}

/** Launches a run and answers the steps that begin. */
function launched(plan: Plan, { state }: Restarted): string {
  const { change } = decide(plan, state, [{ type: 'run-launched', at: 9 }]);
  return ids(
    plan,
    change?.steps.map(({ ordinal }) => ordinal),
  );
}

const DIAMOND = planOf('a>b,c b>d c>d d other');

describe('a restart from what is incomplete', () => {
  test('runs that and what follows it, and takes over the rest', () => {
    const run = restart(DIAMOND, firstRun(DIAMOND, 'a=SUCCEEDED b=SUCCEEDED c=FATALLY_FAILED other=SUCCEEDED'));
    expect(chosen(DIAMOND, run)).toEqual(['c', 'a b other', '']);
    expect(run.header).toMatchObject({ runId: 2n, runPolicy: 'RESTART_FROM_INCOMPLETE', restart: { by: 'bob' } });
    expect(launched(DIAMOND, run)).toBe('c');
  });

  test('runs steps again that had succeeded behind one that runs again', () => {
    const run = restart(DIAMOND, firstRun(DIAMOND, 'a=STOPPED b=SUCCEEDED c=SUCCEEDED d=SUCCEEDED other=SUCCEEDED'));
    expect(chosen(DIAMOND, run)).toEqual(['a', 'other', '']);
  });

  test('counts what was taken over at joins', () => {
    const run = restart(DIAMOND, firstRun(DIAMOND, 'a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED other=SUCCEEDED'));
    expect(launched(DIAMOND, run)).toBe('d');
  });

  test('leaves a step unsatisfied to which nothing that was taken over leads', () => {
    const previous = firstRun(DIAMOND, 'a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED other=SUCCEEDED');
    for (const [ordinal, known] of previous.steps) if (ordinal > 0) Object.assign(known.step, { taken: [] });
    const run = restart(DIAMOND, previous);
    const { change } = decide(DIAMOND, run.state, [{ type: 'run-launched', at: 9 }]);
    expect(change?.steps).toMatchObject([{ status: 'UNSATISFIED' }]);
    expect(change?.header.status).toBe('SUCCEEDED');
  });

  test('points at the run in which a step really ran, over several restarts', () => {
    const first = firstRun(DIAMOND, 'a=SUCCEEDED b=SUCCEEDED c=FATALLY_FAILED other=SUCCEEDED');
    const second = restart(DIAMOND, first);
    const { change } = decide(DIAMOND, second.state, [{ type: 'run-launched', at: 9 }]);
    const ended = change?.steps.map((step) => ({ ...step, status: 'FATALLY_FAILED' as const })) ?? [];
    const found = [...first.steps.values()];
    const earlier = takenSteps(second.header.restart?.inherited ?? [], found);
    const previous = previousRun(DIAMOND, { ...second.header, status: 'FAILED' }, ended, earlier);
    const third = restart(DIAMOND, previous);
    expect(third.header.restart?.inherited.map(({ runKey, runId }) => [runKey, runId])).toEqual([
      [1n, 1n],
      [1n, 1n],
      [1n, 1n],
    ]);
    expect(launched(DIAMOND, third)).toBe('c');
  });
});

describe('a restart from a step', () => {
  test('runs it and what follows, whatever else is incomplete', () => {
    const previous = firstRun(DIAMOND, 'a=SUCCEEDED b=FATALLY_FAILED c=SUCCEEDED other=FATALLY_FAILED');
    const run = restart(DIAMOND, previous, {}, 'b');
    expect(chosen(DIAMOND, run)).toEqual(['b', 'a c', 'other']);
    const all = previousRun(DIAMOND, { ...run.header, status: 'SUCCEEDED' }, [], [...previous.steps.values()]);
    expect(all.status).toBe('FAILED');
  });

  test('runs it although its predecessors have not been done', () => {
    const run = restart(DIAMOND, firstRun(DIAMOND, 'a=FATALLY_FAILED other=SUCCEEDED'), {}, 'd');
    expect(launched(DIAMOND, run)).toBe('d');
  });

  test('that does not exist is refused', () => {
    expect(() => restart(DIAMOND, firstRun(DIAMOND, 'a=STOPPED'), {}, 'nowhere')).toThrow(/step_id/);
  });
});

test('skipped steps are SKIPPED when their turn comes, and their successors go on', () => {
  const run = restart(DIAMOND, firstRun(DIAMOND, 'a=FATALLY_FAILED other=SUCCEEDED'), { skipSteps: ['a'] });
  const { change } = decide(DIAMOND, run.state, [{ type: 'run-launched', at: 9 }]);
  expect(change?.steps.map(({ status }) => status)).toEqual(['SKIPPED', 'STARTING', 'STARTING']);
});

test('another version takes over what it defines the same, found by its id', () => {
  const newer = planOf('zero a>b,c c>d b>d d>e other e', 2n);
  const previous = firstRun(DIAMOND, 'a=SUCCEEDED b=SUCCEEDED c=SUCCEEDED d=FATALLY_FAILED other=SUCCEEDED');
  const run = restart(newer, previous);
  expect(chosen(newer, run)).toEqual(['zero d', 'a c b other', '']);
  expect(launched(newer, run)).toBe('zero d');
});

test('params keep the values of the run before, under what the restart changes', () => {
  const plan = planOf('a', 1n, {
    params: { x: { type: 'LONG', expression: '1 + 1' }, y: { type: 'LONG', value: 1n } },
  });
  const run = restart(plan, firstRun(plan, 'a=STOPPED'), { params: { y: { type: 'LONG', value: 5n } } });
  expect(run.header.params).toMatchObject({ x: { evaluatedResult: 2n }, y: { evaluatedResult: 5n } });
  expect(run.header.params['x']?.definition).not.toHaveProperty('expression');
});

test('what a restart changes in the params of a step holds in later ones', () => {
  const stepParams = { a: { text: { type: 'STRING', value: 'new' } } } as const;
  const first = restart(DIAMOND, firstRun(DIAMOND, 'a=STOPPED'), { stepParams });
  const { change } = decide(DIAMOND, first.state, [{ type: 'run-launched', at: 9 }]);
  const state = change ? applyChange(first.state, change, DIAMOND) : first.state;
  expect(state.steps.get(0)?.params).toMatchObject({ text: { evaluatedResult: 'new' } });
  const stopped = [...state.steps.values()].map((step) => ({ ...step, status: 'STOPPED' as const }));
  const previous = previousRun(DIAMOND, { ...first.header, status: 'STOPPED' }, stopped, []);
  const second = restart(DIAMOND, previous);
  expect(second.header.restart?.stepParams).toEqual(stepParams);
});
