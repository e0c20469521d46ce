import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError, type FieldViolation } from '@maestro/domain';
import type { Breakpoint, BreakpointSchema } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { instantToProto } from '@maestro/wire';
import type { StoredBreakpoint } from '../ports/breakpoint-store.js';
import type { BreakpointAsk } from '../usecases/set-breakpoint.js';

/** breakpointAsk reads where a breakpoint is meant to be. Throws INVALID_REQUEST. */
export function breakpointAsk(message: Breakpoint | undefined): BreakpointAsk {
  const {
    workflowId = '',
    stepId = '',
    workflowVersionId = 0n,
    workflowInstanceId = 0n,
    workflowRunId = 0n,
  } = message ?? {};
  const violations: FieldViolation[] = [
    ...(workflowId === '' ? [{ path: 'breakpoint.workflow_id', message: 'is required' }] : []),
    ...(stepId === '' ? [{ path: 'breakpoint.step_id', message: 'is required' }] : []),
    ...(workflowRunId !== 0n && workflowInstanceId === 0n
      ? [
          {
            path: 'breakpoint.workflow_instance_id',
            message: 'is required with a run: runs are numbered within an instance',
          },
        ]
      : []),
    ...([workflowVersionId, workflowInstanceId, workflowRunId].some((number) => number < 0n)
      ? [{ path: 'breakpoint', message: 'has a negative number; 0 means all' }]
      : []),
  ];
  if (violations.length > 0)
    throw new MaestroError('INVALID_REQUEST', 'The request does not say where the breakpoint is.', { violations });
  const [version, instanceId, runId] = [workflowVersionId, workflowInstanceId, workflowRunId].map(
    (number) => number || undefined,
  );
  return { workflowId, stepId, version, instanceId, runId };
}

/** breakpointToProto is a breakpoint as callers see it. */
export function breakpointToProto(
  workflowId: string,
  { stepId, version = 0n, instanceId = 0n, runId = 0n, createdBy, createTime }: StoredBreakpoint,
): MessageInitShape<typeof BreakpointSchema> {
  return {
    workflowId,
    stepId,
    workflowVersionId: version,
    workflowInstanceId: instanceId,
    workflowRunId: runId,
    createdBy,
    createTime: instantToProto(createTime),
  };
}
