import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunReader, WorkflowCounts } from '../ports/run-reader.js';

export interface CountInstancesDeps {
  readonly reader: Pick<RunReader, 'queue' | 'counts'>;
  readonly definitions: Pick<DefinitionStore, 'resolve'>;
}

/** InstanceCounts counts a workflow's instances; `failed` are those that were neither unblocked nor restarted. */
export interface InstanceCounts extends WorkflowCounts {
  readonly failed: number;
}

/** countInstances counts. A workflow that was never started has no queue here: then it counts if it is defined. Throws WORKFLOW_NOT_FOUND. */
export async function countInstances(
  { reader, definitions }: CountInstancesDeps,
  workflowId: string,
): Promise<InstanceCounts> {
  const queue = await reader.queue(workflowId);
  if (queue === undefined) {
    await definitions.resolve(workflowId, 'latest');
    return { nonterminal: [], latestInstanceId: 0n, failed: 0 };
  }
  return { ...(await reader.counts(queue.workflowKey)), failed: queue.blockingFailed };
}
