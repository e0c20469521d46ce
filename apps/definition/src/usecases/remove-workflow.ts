import { MaestroError, type TimelineEvent, type WorkflowKey } from '@maestro/domain';
import type { Clock } from '../ports/clock.js';
import type { WorkflowRemoval } from '../ports/workflow-removal.js';

export interface RemovalDeps {
  readonly removal: WorkflowRemoval;
  readonly clock: Clock;
}

/**
 * removeWorkflow takes one incarnation away, with all that belongs to it. It is done when it answers; a repeat, also of
 * a removal that a crash cut short, goes on from where it was. The caller has closed the workflow's queue before.
 */
export async function removeWorkflow(
  { removal, clock }: RemovalDeps,
  workflow: { readonly workflowId: string; readonly workflowKey: WorkflowKey },
  author: string,
): Promise<TimelineEvent> {
  if (workflow.workflowKey <= 0n) {
    throw new MaestroError('INVALID_REQUEST', 'Name the incarnation to remove by its workflow_key.', {
      violations: [{ path: 'workflow_key', message: 'is required' }],
    });
  }
  await removal.hide(workflow, author);
  await erase(removal, workflow.workflowKey);
  const message = `Deleted workflow "${workflow.workflowId}" and all its versions.`;
  return { type: 'ACTION', timestamp: clock.now(), action: 'DELETE', author, message };
}

/** resumeRemovals finishes what earlier processes began: until then the ids stay taken. */
export async function resumeRemovals(removal: WorkflowRemoval): Promise<void> {
  for (const workflowKey of await removal.hidden()) await erase(removal, workflowKey);
}

async function erase(removal: WorkflowRemoval, workflowKey: WorkflowKey): Promise<void> {
  while (!(await removal.eraseBatch(workflowKey)));
}
