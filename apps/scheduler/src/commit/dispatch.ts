import { create, toBinary } from '@bufbuild/protobuf';
import { attemptId, type Millis, type ParamValue, type ParamValueMap } from '@maestro/domain';
import type { DispatchRef, Plan, RunChange, StepState } from '@maestro/engine';
import { taskSubject } from '@maestro/messaging';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import { OutboxMessageSchema, type OutboxMessage } from '@maestro/proto/maestro/scheduler/v1/outbox';
import { encodeExactJson, encodeParamValues } from '@maestro/wire';

/**
 * FAST_START_MILLIS after its dispatch a delivery may no longer start without a claim. With the 2 s after which an
 * executor claims what still runs it stays below the engine's CERTAIN_AFTER_MILLIS.
 */
export const FAST_START_MILLIS = 5_000;

/** dispatchMessage is the task of one attempt for its pool's work queue. The message id is attempt and dispatch number. */
export function dispatchMessage(plan: Plan, change: RunChange, step: StepState, at: Millis): OutboxMessage {
  const planned = plan.steps[step.ordinal];
  if (planned === undefined) throw new Error(`workflow ${plan.workflowId} has no step #${String(step.ordinal)}`);
  const { header } = change;
  const task = create(TaskSchema, {
    runKey: header.runKey,
    ordinal: step.ordinal,
    attempt: step.attempt,
    dispatch: step.dispatch,
    stepType: planned.type,
    workflowId: header.workflowId,
    workflowInstanceId: header.instanceId,
    workflowRunId: header.runId,
    stepId: planned.id,
    tenant: header.tenant,
    paramsJson: encodeParamValues(evaluatedValues(step)),
    timeoutMillis: BigInt(step.timeoutMillis ?? 0),
    dispatchedAt: BigInt(at),
    fastStartMillis: BigInt(FAST_START_MILLIS),
    traceparent: header.traceparent ?? '',
    ...(step.artifacts === undefined ? {} : { artifactsJson: encodeExactJson(step.artifacts) }),
  });
  return create(OutboxMessageSchema, {
    subject: taskSubject({ pool: planned.pool, type: planned.type }),
    messageId: `${attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt })}-task-${String(step.dispatch)}`,
    data: toBinary(TaskSchema, task),
    runKey: header.runKey,
    ordinal: step.ordinal,
    attempt: step.attempt,
    dispatch: step.dispatch,
  });
}

function evaluatedValues({ params = {} }: StepState): ParamValueMap {
  const values: Record<string, ParamValue> = {};
  for (const [name, { evaluatedResult }] of Object.entries(params))
    if (evaluatedResult !== undefined) values[name] = evaluatedResult;
  return values;
}

/** isDispatchOf says whether a changed attempt is the one that a command names. */
export function isDispatchOf(step: StepState, command: DispatchRef): boolean {
  return step.ordinal === command.ordinal && step.attempt === command.attempt && step.dispatch === command.dispatch;
}
