import type { Task } from '@maestro/proto/maestro/executor/v1/task';

/** Labels by which containers are found again, and removed when nobody needs them any more. */
export const ORCHESTRATOR_LABEL = 'maestro.orchestrator';
export const ATTEMPT_LABEL = 'maestro.attempt';
export const ORCHESTRATOR = 'maestro';

/** workflowIdentity and stepIdentity name where an attempt belongs, for people. */
export function workflowIdentity({ workflowId, workflowInstanceId, workflowRunId }: Task): string {
  return `${workflowId}[${workflowInstanceId}][${workflowRunId}]`;
}

export function stepIdentity({ stepId, attempt }: Task): string {
  return `${stepId}[${attempt}]`;
}
