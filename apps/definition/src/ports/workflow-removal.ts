import type { WorkflowKey } from '@maestro/domain';

/** WorkflowRemoval takes an incarnation away: first out of sight, then, in batches, off the disk. */
export interface WorkflowRemoval {
  /** hide makes the incarnation invisible and tells the feed; the id stays taken. False when it is hidden or gone already. */
  hide(workflow: { readonly workflowId: string; readonly workflowKey: WorkflowKey }, author: string): Promise<boolean>;
  /** eraseBatch deletes some rows; true when nothing is left and the id is free. */
  eraseBatch(workflowKey: WorkflowKey): Promise<boolean>;
  /** hidden names the incarnations that are hidden but not erased yet: what a crash left behind. */
  hidden(): Promise<readonly WorkflowKey[]>;
}
