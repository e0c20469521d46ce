import type { WorkflowKey } from '@maestro/domain';
import type { QueueRow } from '../rows/queue-row.js';

/** DefinitionCopies is what this service keeps of definitions for itself, for when their service is away. */
export interface DefinitionCopies {
  read(workflowKey: WorkflowKey, version: bigint): Promise<Uint8Array | undefined>;
  write(workflowKey: WorkflowKey, version: bigint, definition: Uint8Array): Promise<void>;
  /** The queue row of the present incarnation of a workflow id. */
  queueOf(workflowId: string): Promise<QueueRow | undefined>;
}
