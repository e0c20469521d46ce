import { attemptId, type Initiator, type StartRequest, type Workflow } from '@maestro/domain';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { compilePlan } from './compile-plan.js';
import { createRun } from './create-run.js';
import { evaluateStepParams } from './evaluation.js';
import type { Plan } from './plan.js';
import type { RunHeader } from './state.js';
import { newAttempt } from './working-step.js';
import { allWorkflowParams, inheritedParams } from './workflow-defaults.js';
import { DEFAULT_SETTINGS } from './plan-settings.js';
import { stepTags } from './step-tags.js';

const AT = Date.UTC(2026, 0, 31, 22, 59);
const TOKYO: Initiator = { type: 'TIME', triggerUuid: 't', triggerTime: AT, timezone: 'Asia/Tokyo' };

function planOf(workflow: Partial<Workflow>): Plan {
  const full = { id: 'w', steps: [{ kind: 'step', id: 'a', type: 'Echo' }], ...workflow } as const;
  const compiler = createCompiler({ cacheSize: 100 });
  const settings = { ...DEFAULT_SETTINGS, owner: 'ann', executionEnvironment: 'staging' };
  return compilePlan({ workflowKey: 9n, version: 3n, workflow: full, compiler, stepType, settings });
}

function runOf(plan: Plan, start: Partial<StartRequest> = {}): RunHeader {
  const request = { initiator: { type: 'MANUAL' }, requestId: 'r1', ...start } as const;
  const place = { runKey: 7n, instanceId: 4n, runId: 1n, tenant: 't', at: AT, start: request };
  const created = createRun(plan, place, PRESETS.FULL);
  if (created.kind !== 'created') throw new Error(JSON.stringify(created));
  return created.header;
}

function valuesOf(params: RunHeader['params']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.evaluatedResult]));
}

describe('default workflow params of a run', () => {
  test('are not stored, and all are there for who looks', () => {
    const plan = planOf({});
    const run = runOf(plan, { initiator: TOKYO });
    expect(run.params).toEqual({});
    expect(valuesOf(allWorkflowParams(plan, run))).toMatchObject({
      RUN_TS: BigInt(AT),
      WORKFLOW_CRON_TIMEZONE: 'Asia/Tokyo',
      TARGET_RUN_DATE: '20260201',
      RUN_DATE: '20260131',
      owner: 'ann',
      workflow_id: 'w',
    });
    expect(Object.keys(allWorkflowParams(plan, run))).toHaveLength(23);
  });

  test('are seen by params, time-outs and steps, and what a start overrides counts for all of them', () => {
    const params = { day: { type: 'STRING', value: '${RUN_DATE}' } } as const;
    const step = { x: { type: 'STRING', value: '${TARGET_RUN_HOUR} of ${owner} on ${step_id}' } } as const;
    const steps = [{ kind: 'step', id: 'a', type: 'Echo', params: step }] as const;
    const plan = planOf({ params, steps, timeout: '${TARGET_RUN_HOUR} min' });
    const run = runOf(plan, { runParams: { RUN_TS: { type: 'LONG', value: 3_600_000n * 5n } } });
    expect(valuesOf(run.params)).toMatchObject({ RUN_TS: 18_000_000n, day: '19700101' });
    expect(run.timeoutMillis).toBe(5 * 60_000);
    const tried = evaluateStepParams(
      { plan, header: run, step: () => undefined },
      newAttempt(0, 1, AT + 9),
      AT + 9,
      PRESETS.FULL,
    );
    expect(tried).toMatchObject({ kind: 'value', value: { x: { evaluatedResult: '05 of ann on a' } } });
  });

  test('are for children and iterations those of the run above', () => {
    const plan = planOf({ params: { own: { type: 'LONG', value: 1n }, who: { type: 'STRING', expression: 'owner' } } });
    const inherited = inheritedParams(plan, runOf(plan, { initiator: TOKYO }));
    expect(valuesOf(inherited)).toEqual({
      DSL_DEFAULT_TZ: 'UTC',
      WORKFLOW_CRON_TIMEZONE: 'Asia/Tokyo',
      RUN_TS: BigInt(AT),
      own: 1n,
      who: 'ann',
    });
  });

  test('take the time zone of the first time trigger', () => {
    const timeTriggers = [{ type: 'CRON', cron: '0 0 * * *', timezone: 'Europe/Paris' }] as const;
    const plan = planOf({ timeTriggers });
    expect(valuesOf(allWorkflowParams(plan, runOf(plan)))).toMatchObject({
      DSL_DEFAULT_TZ: 'Europe/Paris',
      WORKFLOW_CRON_TIMEZONE: 'Europe/Paris',
      LOCAL_RUN_DATE: '20260131',
    });
  });
});

describe('functions of params of a run', () => {
  test('know the environment, the trigger and numbers that nobody else gets', () => {
    const params = {
      where: { type: 'STRING', expression: 'params.getExecutionEnvironment()' },
      a: { type: 'LONG', expression: 'params.nextUniqueId()' },
      b: { type: 'LONG', expression: 'params.nextUniqueId()' },
      day: { type: 'LONG', expression: "params.getFromSignal('day')" },
    } as const;
    const initiator: Initiator = { type: 'SIGNAL', triggerUuid: 't', signalIdMap: {}, params: { day: 20260101n } };
    const plan = planOf({ params });
    const values = valuesOf(runOf(plan, { initiator }).params);
    expect(values).toMatchObject({ where: 'staging', day: 20260101n });
    expect(values['a']).not.toBe(values['b']);
    expect(valuesOf(runOf(plan, { initiator }).params)).toEqual(values);
  });
});

describe('params by step type', () => {
  test('may be expressions that see the run', () => {
    const notebook = { type: 'MAP', value: { input_path: { type: 'STRING', value: 'x.ipynb' } } } as const;
    const kubernetes = { type: 'MAP', value: { image: { type: 'STRING', value: 'i' } } } as const;
    const plan = planOf({ steps: [{ kind: 'step', id: 'n', type: 'Notebook', params: { notebook, kubernetes } }] });
    const run = runOf(plan);
    const step = newAttempt(0, 2, AT);
    const tried = evaluateStepParams({ plan, header: run, step: () => undefined }, step, AT, PRESETS.FULL);
    if (tried.kind !== 'value') throw new Error(JSON.stringify(tried));
    const uuid = attemptId({ runKey: 7n, ordinal: 0, attempt: 2 });
    expect(valuesOf(tried.value)).toMatchObject({
      notebook: { output_path: `maestro-output_20260131_225900__4_1_${uuid}.ipynb`, run_id: 'w_4_1_n_2' },
      kubernetes: { job_deduplication_key: uuid, app_name: 'maestro-job' },
    });
  });
});

describe('stepTags', () => {
  test('are filled in from the params of the workflow; what cannot be stays as it is written', () => {
    const tags = (name: string) => {
      const plan = planOf({ steps: [{ kind: 'step', id: 'a', type: 'NoOp', tags: [{ name }] }] });
      return plan.steps.flatMap((step) => stepTags(plan, runOf(plan), step)).map((tag) => tag.name);
    };
    expect(tags('day-${RUN_DATE}')).toEqual(['day-20260131']);
    expect(tags('$nobody')).toEqual(['$nobody']);
  });
});
