import { fromBinary } from '@bufbuild/protobuf';
import { compilePlan, createRun, decide, emptyState } from '@maestro/engine';
import { RunEventBatchSchema } from '@maestro/proto/maestro/events/v1/events';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import { OutboxBatchSchema } from '@maestro/proto/maestro/scheduler/v1/outbox';
import { StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { encodeEventBatch, encodeRunChanged } from './encode-events.js';
import { encodeTask, FAST_START_MILLIS } from './encode-task.js';
import { encodeOutbox } from './outgoing.js';

const plan = compilePlan({
  workflowKey: 7n,
  version: 1n,
  workflow: {
    id: 'wörk.flow',
    steps: [
      {
        kind: 'step',
        id: 'first',
        type: 'Echo',
        timeout: '90s',
        params: { n: { type: 'LONG', value: 9007199254740993n } },
        transition: { successors: { second: 'true' } },
      },
      { kind: 'step', id: 'second', type: 'NoOp' },
    ],
  },
  compiler: createCompiler({ cacheSize: 10 }),
  stepType,
});
const created = createRun(
  plan,
  {
    runKey: 47_872_733_928_226_872n,
    instanceId: 41n,
    runId: 1n,
    tenant: 'team',
    at: 1_800_000_000_000,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    start: { initiator: { type: 'MANUAL' }, requestId: 'request-1' },
  },
  PRESETS.FULL,
);
if (created.kind !== 'created') throw new Error('the run was not created');
const state = emptyState(created.header);
const { change } = decide(plan, state, [{ type: 'run-launched', at: 1_800_000_000_001 }]);
const [step] = change?.steps ?? [];
if (change === undefined || step === undefined) throw new Error('the run was not launched');

describe('the encoders of the hot path', () => {
  it('write a task as its contract reads it', () => {
    const task = fromBinary(TaskSchema, encodeTask(plan, change.header, step, 1_800_000_000_005));
    expect(task).toMatchObject({
      runKey: 47_872_733_928_226_872n,
      ordinal: 0,
      attempt: 1,
      dispatch: 1,
      stepType: 'Echo',
      workflowId: 'wörk.flow',
      workflowInstanceId: 41n,
      workflowRunId: 1n,
      stepId: 'first',
      tenant: 'team',
      timeoutMillis: 90_000n,
      dispatchedAt: 1_800_000_000_005n,
      fastStartMillis: BigInt(FAST_START_MILLIS),
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(Buffer.from(task.paramsJson).toString()).toBe('{"n":9007199254740993}');
    expect(task.$unknown).toBeUndefined();
  });

  it('write status changes of a run and its steps', () => {
    const run = encodeRunChanged(plan, state, change, 7);
    const batch = fromBinary(RunEventBatchSchema, encodeEventBatch(run === undefined ? [] : [run]) ?? new Uint8Array());
    expect(batch.runs).toMatchObject([
      {
        workflowId: 'wörk.flow',
        workflowInstanceId: 41n,
        workflowUuid: 'request-1',
        tenant: 'team',
        oldStatus: WorkflowInstanceStatus.CREATED,
        newStatus: WorkflowInstanceStatus.IN_PROGRESS,
        eventTime: 1_800_000_000_001n,
        version: 7,
        steps: [
          { stepId: 'first', stepAttemptId: 1, oldStatus: StepStatus.NOT_CREATED, newStatus: StepStatus.STARTING },
        ],
      },
    ]);
    expect(batch.runs[0]?.$unknown).toBeUndefined();
  });

  it('tell nothing when no status changed', () => {
    expect(encodeRunChanged(plan, state, { header: state.header, steps: [], timeline: [] }, 7)).toBeUndefined();
    expect(encodeEventBatch([])).toBeUndefined();
  });

  it('write the outbox', () => {
    const message = {
      subject: 'maestro.tasks.default.Echo',
      messageId: 'm-1',
      data: new Uint8Array([1, 2]),
      runKey: -5n,
      ordinal: 2,
      attempt: 3,
      dispatch: 4,
    };
    const { messages } = fromBinary(
      OutboxBatchSchema,
      encodeOutbox([message, { ...message, messageId: '', data: new Uint8Array() }]),
    );
    expect(messages).toMatchObject([message, { ...message, messageId: '', data: new Uint8Array() }]);
  });
});
