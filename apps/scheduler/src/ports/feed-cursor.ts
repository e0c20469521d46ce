import type { WorkflowKey } from '@maestro/domain';

/** FeedCursor is how far this service has read the definition service's change feed. */
export interface FeedCursor {
  position(): Promise<bigint>;
  move(position: bigint): Promise<void>;
  /** Was the workflow ever started here? */
  isKnown(workflowKey: WorkflowKey): Promise<boolean>;
}
