import { MaestroError } from '@maestro/domain';
import type { Act, ActView } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import { workflowNotFound } from './not-found.js';

/** requireExisting is the workflow an act changes. Throws WORKFLOW_NOT_FOUND, PERMISSION_DENIED (another tenant's). */
export async function requireExisting(
  reads: Pick<WorkflowReads, 'near'>,
  act: Act,
  { workflow }: ActView,
): Promise<WorkflowRecord> {
  if (workflow === undefined || workflow.removing) throw await workflowNotFound(reads, act.workflowId);
  requireTenant(act, workflow);
  return workflow;
}

/** requireTenant throws PERMISSION_DENIED when the workflow belongs to another tenant: ids are unique across tenants. */
export function requireTenant(act: Act, workflow: WorkflowRecord): void {
  if (workflow.tenant === act.tenant) return;
  throw new MaestroError(
    'PERMISSION_DENIED',
    `Workflow "${act.workflowId}" belongs to another tenant than "${act.tenant}". Choose another id, or name its tenant.`,
    { metadata: { workflow_id: act.workflowId, tenant: act.tenant } },
  );
}
