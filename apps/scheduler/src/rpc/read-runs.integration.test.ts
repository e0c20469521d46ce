import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { Workflow } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import {
  GetStepRequestSchema,
  GetInstanceRequestSchema,
  ListInstancesRequestSchema,
  ListStepsRequestSchema,
  RunReferenceSchema,
} from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { NOW, storedRuns, type StoredRuns } from '../testing/stored-runs.js';
import { checkStrategySwitch } from '../usecases/check-strategy-switch.js';
import { countInstances } from '../usecases/count-instances.js';
import { getInstanceRpc } from './get-instance.js';
import { getStepRpc } from './get-step.js';
import { listInstancesRpc } from './list-instances.js';
import { listStepsRpc } from './list-steps.js';
import type { ReadDeps } from './read-deps.js';

const CALL = {} as CallContext;
let runs: StoredRuns;
let deps: ReadDeps;

beforeAll(async () => {
  runs = await storedRuns();
  deps = { reader: postgresRunReader(runs.pool), definitions: runs.definitions };
});
afterAll(() => runs.stop());

/** first (NoOp) -> work (Shell) -> last (NoOp) */
function pipelineOf(id: string): Workflow {
  return {
    id,
    steps: [
      { kind: 'step', id: 'first', type: 'NoOp', transition: { successors: { work: 'true' } } },
      {
        kind: 'step',
        id: 'work',
        type: 'Shell',
        params: { script: { type: 'STRING', value: 'true' } },
        transition: { successors: { last: 'true' } },
      },
      { kind: 'step', id: 'last', type: 'NoOp' },
    ],
  };
}

const reference = (workflowId: string, instance = 1n, run = 0n) =>
  create(RunReferenceSchema, { workflowId, workflowInstanceId: instance, workflowRunId: run });

async function list(request: MessageInitShape<typeof ListInstancesRequestSchema>) {
  const answer = await listInstancesRpc(deps)(create(ListInstancesRequestSchema, request), CALL);
  const instances = answer.instances ?? [];
  const names = instances.map((each) => `${each.workflowId}/${each.workflowInstanceId}/${each.workflowRunId}`);
  return { names, instances, page: answer.page };
}

const getStep = async (workflowId: string, stepId: string, attempt = 0) =>
  (await getStepRpc(deps)(create(GetStepRequestSchema, { run: reference(workflowId), stepId, attempt }), CALL)).step;

test('a run is read with its workflow, params, overview and timeline', async () => {
  const run = await runs.start(pipelineOf('read'), { workflowKey: 1n, instanceId: 1n });
  await run.apply({ type: 'run-launched', at: NOW + 5 });
  const { instance } = await getInstanceRpc(deps)(create(GetInstanceRequestSchema, { run: reference('read') }), CALL);
  expect(instance).toMatchObject({
    workflowId: 'read',
    workflowInstanceId: 1n,
    workflowRunId: 1n,
    status: WorkflowInstanceStatus.IN_PROGRESS,
    startTime: BigInt(NOW + 5),
    runtimeWorkflow: { id: 'read' },
    initiator: { kind: { case: 'manual' } },
    runtimeOverview: {
      totalStepCount: 3n,
      stepOverview: expect.arrayContaining([
        expect.objectContaining({
          status: StepStatus.SUCCEEDED,
          count: 1n,
          steps: [expect.objectContaining({ stepId: 'first' })],
        }),
      ]) as unknown,
    },
  });
  const names = instance?.params?.params?.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['RUN_TS', 'TARGET_RUN_DATE', 'workflow_id']));
});

test('steps are listed in the order of the definition, also those that are not created', async () => {
  const { steps } = await listStepsRpc(deps)(create(ListStepsRequestSchema, { run: reference('read') }), CALL);
  expect(steps?.map((step) => [step.stepId, step.runtimeState?.status])).toEqual([
    ['first', StepStatus.SUCCEEDED],
    ['work', StepStatus.STARTING],
    ['last', StepStatus.NOT_CREATED],
  ]);
  expect(steps?.[0]).toMatchObject({ successors: { work: true }, predecessors: [], stepInstanceId: 1n });
  expect(steps?.[1]).toMatchObject({ successors: {}, predecessors: ['first'] });
});

test('an attempt carries the reserved params, which nobody stored', async () => {
  const step = await getStep('read', 'work');
  const uuid = step?.stepUuid;
  const params = new Map(step?.params?.params?.map(({ name, param }) => [name, param?.evaluatedResult]));
  expect(uuid).toMatch(/^\d+-1-1$/);
  expect([...params.keys()].slice(0, 4)).toEqual([
    'workflow_instance_id',
    'step_instance_uuid',
    'step_attempt_id',
    'step_id',
  ]);
  expect(params.get('step_instance_uuid')).toMatchObject({ value: { value: uuid } });
});

test('a retried step keeps each of its attempts, with the retries and what happened', async () => {
  const run = await runs.start(pipelineOf('retried'), { workflowKey: 2n, instanceId: 1n });
  await run.apply({ type: 'run-launched', at: NOW });
  const ref = { ordinal: 1, attempt: 1, dispatch: 1 };
  const ended = { outcome: 'USER_ERROR', timeline: [], message: 'exit code 7' } as const;
  await run.apply({ type: 'attempt-ended', at: NOW + 10, ...ref, ...ended });
  const failed = await getStep('retried', 'work');
  expect(failed).toMatchObject({ stepAttemptId: 1, runtimeState: { status: StepStatus.USER_FAILED } });
  expect(failed?.stepRetry).toMatchObject({ retryable: true });
  const due = Number(failed?.stepRetry?.nextAttemptTime);
  expect(due).toBeGreaterThanOrEqual(NOW + 10);
  expect(JSON.stringify(failed?.timeline, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))).toContain(
    'exit code 7',
  );
  await run.apply({ type: 'timer-fired', at: due });
  expect(await getStep('retried', 'work')).toMatchObject({
    stepAttemptId: 2,
    timeline: [],
    stepRetry: { errorRetries: 1 },
  });
  expect(await getStep('retried', 'work', 1)).toMatchObject({ stepAttemptId: 1 });
});

test('what is not there is refused with what is', async () => {
  const get = (id: string, instance: bigint, run = 0n) =>
    getInstanceRpc(deps)(create(GetInstanceRequestSchema, { run: reference(id, instance, run) }), CALL);
  await runs.start(pipelineOf('read'), { workflowKey: 1n, instanceId: 2n });
  await expect(get('read', 9n)).rejects.toMatchObject({
    code: 'INSTANCE_NOT_FOUND',
    message: 'Workflow "read" has instances 1..2, and no instance 9.',
  });
  await expect(get('read', 1n, 4n)).rejects.toThrow('Instance 1 of workflow "read" has runs 1, and no run 4');
  await expect(get('nowhere', 1n)).rejects.toThrow('Workflow "nowhere" has no instances');
  await expect(get('', 0n)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  await expect(getStep('read', 'wrok')).rejects.toMatchObject({
    code: 'STEP_NOT_FOUND',
    message: expect.stringContaining('Did you mean "work"?') as unknown,
  });
  await expect(getStep('read', 'work', 3)).rejects.toThrow('Step "work" has no attempt 3; it has attempts 1..1.');
});

test('a reference means the newest incarnation of the id, and its latest run', async () => {
  await runs.start(pipelineOf('again'), { workflowKey: 10n, instanceId: 1n });
  await runs.start(pipelineOf('again'), { workflowKey: 11n, instanceId: 2n });
  const second = await runs.start(pipelineOf('again'), { workflowKey: 11n, instanceId: 2n, runId: 2n });
  const find = (instanceId: bigint, runId = 0n) => deps.reader.find({ workflowId: 'again', instanceId, runId });
  expect(await find(2n)).toMatchObject({ runKey: second.runKey, workflowKey: 11n, runId: 2n, latestRunId: 2n });
  expect(await find(2n, 1n)).toMatchObject({ runId: 1n, latestRunId: 2n });
  await expect(find(1n)).rejects.toMatchObject({ code: 'INSTANCE_NOT_FOUND' });
  expect((await list({ filter: { workflowId: 'again' } })).names).toEqual(['again/2/2']);
  expect((await list({ filter: { workflowId: 'again', workflowInstanceId: 2n } })).names).toEqual([
    'again/2/2',
    'again/2/1',
  ]);
});

test('lists are paged by keys in both directions, with the exact count', async () => {
  for (let instanceId = 1n; instanceId <= 5n; instanceId += 1n)
    await runs.start(pipelineOf('paged'), {
      workflowKey: 20n,
      instanceId,
      at: NOW + Number(instanceId),
      tenant: 'blue',
    });
  const filter = { workflowId: 'paged' };
  const first = await list({ filter, page: { pageSize: 2 } });
  expect(first).toMatchObject({ names: ['paged/5/1', 'paged/4/1'], page: { totalCount: 5n, previousPageToken: '' } });
  const second = await list({ filter, page: { pageSize: 2, pageToken: first.page?.nextPageToken ?? '' } });
  expect(second.names).toEqual(['paged/3/1', 'paged/2/1']);
  const third = await list({ filter, page: { pageSize: 2, pageToken: second.page?.nextPageToken ?? '' } });
  expect(third).toMatchObject({ names: ['paged/1/1'], page: { nextPageToken: '' } });
  const back = await list({ filter, page: { pageSize: 2, pageToken: third.page?.previousPageToken ?? '' } });
  expect(back.names).toEqual(second.names);
  const other = list({ filter: { tenant: 'blue' }, page: { pageToken: first.page?.nextPageToken ?? '' } });
  await expect(other).rejects.toMatchObject({ code: 'INVALID_PAGE_TOKEN' });
});

test('all workflows are listed by recency, and filtered by status and tenant', async () => {
  expect((await list({ filter: { tenant: 'blue' }, page: { pageSize: 1 } })).names).toEqual(['paged/5/1']);
  const running = await list({ filter: { statuses: [WorkflowInstanceStatus.IN_PROGRESS] } });
  expect(running.names).toEqual(['retried/1/1', 'read/1/1']);
  expect(running.page?.totalCount).toBe(2n);
  expect(running.instances[1]).toMatchObject({ runtimeOverview: { totalStepCount: 3n } });
  expect(running.instances[1]?.runtimeWorkflow).toBeUndefined();
  const queued = { workflowId: 'read', statuses: [WorkflowInstanceStatus.CREATED] };
  expect(await list({ filter: queued })).toMatchObject({ names: ['read/2/1'], page: { totalCount: 1n } });
});

test('counts are of the instances that have not ended, and of failures that block', async () => {
  await runs.queue(1n, { blockingFailed: 3 });
  const counts = await countInstances(deps, 'read');
  expect(counts.nonterminal).toEqual([
    { status: 'CREATED', count: 1n },
    { status: 'IN_PROGRESS', count: 1n },
  ]);
  expect(counts).toMatchObject({ failed: 3, latestInstanceId: 2n });
  await expect(countInstances(deps, 'nowhere')).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
});

test('a switch of strategy is refused with its reason, and never for a workflow that is new here', async () => {
  const strict = { rule: 'STRICT_SEQUENTIAL', workflowConcurrency: 1 } as const;
  const refused = checkStrategySwitch(deps.reader, 'read', strict);
  await expect(refused).rejects.toMatchObject({ code: 'RUN_STRATEGY_SWITCH_REFUSED' });
  await expect(refused).rejects.toThrow('3 failed runs');
  await checkStrategySwitch(deps.reader, 'nowhere', strict);
});
