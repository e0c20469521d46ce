import type { TimelineEvent } from '@maestro/domain';
import type { WorkflowRemover } from '../ports/workflow-remover.js';
import { submitAct, type ActOnQueueDeps } from './act-on-queue.js';

export interface DeleteWorkflowDeps extends ActOnQueueDeps {
  readonly remover: WorkflowRemover;
}

/**
 * deleteWorkflow closes the queue, which refuses while anything runs or waits, and then removes the definition. Asked
 * again after a crash in between it goes on where it was. Throws WORKFLOW_NOT_FOUND, WORKFLOW_HAS_RUNNING_INSTANCES.
 */
export async function deleteWorkflow(
  deps: DeleteWorkflowDeps,
  workflowId: string,
  author: string,
): Promise<TimelineEvent> {
  const workflowKey = await deps.remover.keyOf(workflowId);
  const queue = await deps.copies.queueOf(workflowId);
  if (queue?.workflowKey === workflowKey && !queue.closed) await submitAct(deps, queue, { type: 'close' });
  await deps.remover.remove(workflowId, workflowKey);
  return {
    type: 'ACTION',
    timestamp: deps.now(),
    action: 'DELETE',
    author,
    message: `Workflow ${workflowId} was deleted.`,
  };
}
