import type { WorkflowKey } from '@maestro/domain';
import type { QueueRow } from '../rows/queue-row.js';

/** CopyKey names a version with the job templates of a revision; absent: it uses none. */
export interface CopyKey {
  readonly workflowKey: WorkflowKey;
  readonly version: bigint;
  readonly templateRevision?: number | undefined;
}

/** DefinitionCopies is what this service keeps of definitions for itself, for when their service is away. */
export interface DefinitionCopies {
  read(key: CopyKey): Promise<Uint8Array | undefined>;
  write(key: CopyKey, definition: Uint8Array): Promise<void>;
  /** The newest revision of job templates that there is a copy with; undefined = the version uses none, or there is no copy. */
  newestRevision(workflowKey: WorkflowKey, version: bigint): Promise<number | undefined>;
  /** The queue row of the present incarnation of a workflow id. */
  queueOf(workflowId: string): Promise<QueueRow | undefined>;
}
