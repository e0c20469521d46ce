import { MaestroError } from '@maestro/domain';
import type { Receipt } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { FoundVersion } from './find-workflow.js';

/** receiptVersion is the version that an act's receipt names. Throws CONFLICT when its workflow was deleted since. */
export async function receiptVersion(reads: WorkflowReads, receipt: Receipt): Promise<FoundVersion> {
  const found = await reads.find({ workflowKey: receipt.workflowKey }, receipt.version ?? 'latest');
  if (found?.state === undefined) throw goneSince(receipt.workflowId);
  return { ...found.state, workflow: found.workflow };
}

/** goneSince is the error for a repeated request id whose workflow was deleted after the first time. */
export function goneSince(workflowId: string): MaestroError {
  return new MaestroError(
    'CONFLICT',
    `This request id was used on an earlier workflow "${workflowId}" that has been deleted. Use a new request id.`,
    { metadata: { workflow_id: workflowId } },
  );
}
