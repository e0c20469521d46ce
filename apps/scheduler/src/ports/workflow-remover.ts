/** WorkflowRemover removes definitions at their service; idempotent by key. */
export interface WorkflowRemover {
  /** The present incarnation; throws WORKFLOW_NOT_FOUND. */
  keyOf(workflowId: string): Promise<bigint>;
  remove(workflowId: string, workflowKey: bigint): Promise<void>;
}
