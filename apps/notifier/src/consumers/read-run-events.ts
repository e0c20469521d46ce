import { fromBinary } from '@bufbuild/protobuf';
import { RunEventBatchSchema, type RunChanged } from '@maestro/proto/maestro/events/v1/events';
import { INSTANCE_STATUS_TABLE, STEP_STATUS_TABLE } from '@maestro/wire';
import type { MaestroEvent, RunName, RunStatusChanged, StepStatusChanged } from '../ports/maestro-event.js';
import { eventId } from '../usecases/event-id.js';

/** readRunEvents reads a message of `maestro.events.runs`: a run's own change comes before those of its steps, save its end, which comes last. */
export function readRunEvents(data: Uint8Array): readonly MaestroEvent[] {
  return fromBinary(RunEventBatchSchema, data).runs.flatMap((changed): readonly MaestroEvent[] => {
    const run = runChange(changed);
    const steps = stepChanges(changed);
    if (run === undefined) return steps;
    return isOver(run) ? [...steps, run] : [run, ...steps];
  });
}

const OPEN: ReadonlySet<string> = new Set(['CREATED', 'IN_PROGRESS', 'PAUSED']);

function isOver({ newStatus }: RunStatusChanged): boolean {
  return !OPEN.has(newStatus);
}

function runChange(changed: RunChanged): RunStatusChanged | undefined {
  const newStatus = INSTANCE_STATUS_TABLE.fromProtoOptional(changed.newStatus, 'new_status');
  if (newStatus === undefined) return undefined;
  const oldStatus = INSTANCE_STATUS_TABLE.fromProtoOptional(changed.oldStatus, 'old_status');
  const time = Number(changed.eventTime);
  return {
    type: 'run',
    id: eventId('run', ...keyOf(changed), oldStatus ?? '', newStatus),
    time,
    tenant: changed.tenant,
    ...nameOf(changed),
    ...(oldStatus === undefined ? {} : { oldStatus }),
    newStatus,
  };
}

function stepChanges(changed: RunChanged): readonly StepStatusChanged[] {
  return changed.steps.map(({ stepId, stepAttemptId: attemptId, oldStatus, newStatus, eventTime }) => {
    const before = STEP_STATUS_TABLE.fromProtoOptional(oldStatus, 'steps.old_status');
    const after = STEP_STATUS_TABLE.fromProto(newStatus, 'steps.new_status');
    const time = Number(eventTime);
    return {
      type: 'step',
      id: eventId('step', ...keyOf(changed), stepId, attemptId, before ?? '', after),
      time,
      tenant: changed.tenant,
      ...nameOf(changed),
      stepId,
      attemptId,
      ...(before === undefined ? {} : { oldStatus: before }),
      newStatus: after,
    };
  });
}

/** The uuid tells the lives of a workflow id apart, the version the times at which a run comes to the same status. */
function keyOf({ workflowId, workflowUuid, workflowInstanceId, workflowRunId, version }: RunChanged) {
  return [workflowId, workflowUuid, workflowInstanceId, workflowRunId, version];
}

function nameOf(changed: RunChanged): RunName {
  const { workflowId, workflowUuid, correlationId } = changed;
  return {
    workflowId,
    instanceId: changed.workflowInstanceId,
    runId: changed.workflowRunId,
    workflowUuid,
    correlationId,
  };
}
