import { create, toBinary } from '@bufbuild/protobuf';
import type { Plan, RunChange, RunState } from '@maestro/engine';
import {
  RunEventBatchSchema,
  StepInstanceStatusChangedSchema,
  WorkflowInstanceStatusChangedSchema,
  type StepInstanceStatusChanged,
  type WorkflowInstanceStatusChanged,
} from '@maestro/proto/maestro/events/v1/events';
import { instanceStatusToProto, stepStatusToProto } from '@maestro/wire';

/** StatusEvents are the status changes of one batch, for outsiders. */
export interface StatusEvents {
  readonly instances: WorkflowInstanceStatusChanged[];
  readonly steps: StepInstanceStatusChanged[];
}

/** collectEvents adds what a run's change changed in status. */
export function collectEvents(events: StatusEvents, plan: Plan, before: RunState, change: RunChange): void {
  const { header } = change;
  const identity = {
    workflowId: header.workflowId,
    workflowInstanceId: header.instanceId,
    workflowRunId: header.runId,
  };
  const time = BigInt(header.endTime ?? header.startTime ?? header.createTime);
  if (before.header.status !== header.status) {
    events.instances.push(
      create(WorkflowInstanceStatusChangedSchema, {
        ...identity,
        workflowUuid: header.requestId,
        correlationId: header.correlationId,
        tenant: header.tenant,
        oldStatus: instanceStatusToProto(before.header.status),
        newStatus: instanceStatusToProto(header.status),
        eventTime: time,
      }),
    );
  }
  for (const step of change.steps) {
    const known = before.steps.get(step.ordinal);
    const old = known?.attempt === step.attempt ? known.status : 'NOT_CREATED';
    if (old === step.status) continue;
    events.steps.push(
      create(StepInstanceStatusChangedSchema, {
        ...identity,
        stepId: plan.steps[step.ordinal]?.id ?? '',
        stepAttemptId: step.attempt,
        oldStatus: stepStatusToProto(old),
        newStatus: stepStatusToProto(step.status),
        eventTime: BigInt(step.times.end ?? step.times.execute ?? step.times.start ?? step.times.create ?? 0),
      }),
    );
  }
}

/** encodeEvents is the batch's events as they are stored in the feed; undefined when there are none. */
export function encodeEvents(events: StatusEvents): Uint8Array | undefined {
  if (events.instances.length + events.steps.length === 0) return undefined;
  return toBinary(RunEventBatchSchema, create(RunEventBatchSchema, { ...events }));
}
