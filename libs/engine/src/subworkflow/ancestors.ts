import type { Ancestor } from '@maestro/domain';
import type { RunHeader } from '../state.js';

/** ancestorsBelow are the ancestors of a run that a step of this one starts: root first, this step last. */
export function ancestorsBelow(header: RunHeader, stepId: string, attempt: number, sync = true): readonly Ancestor[] {
  const { initiator, workflowId, instanceId, runId } = header;
  const above = 'ancestors' in initiator ? initiator.ancestors : [];
  return [...above, { workflowId, instanceId, runId, stepId, stepAttemptId: attempt, ...(sync ? {} : { sync }) }];
}
