import type { WorkflowKey } from '@maestro/domain';
import type { Selector } from '../ports/selector.js';
import type { VersionState, WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import { incarnationNotFound, versionNotFound, workflowNotFound } from './not-found.js';

/** FoundVersion is a version with the workflow it belongs to. */
export interface FoundVersion extends VersionState {
  readonly workflow: WorkflowRecord;
}

/** findVersion reads one version. Throws WORKFLOW_NOT_FOUND, VERSION_NOT_FOUND, NO_ACTIVE_VERSION. */
export async function findVersion(
  reads: WorkflowReads,
  which: { readonly workflowId: string; readonly workflowKey?: WorkflowKey },
  selector: Selector,
): Promise<FoundVersion> {
  const { workflowId, workflowKey } = which;
  const found = await reads.find(workflowKey === undefined ? { workflowId } : { workflowKey }, selector);
  if (found === undefined || (workflowId !== '' && found.workflow.workflowId !== workflowId)) {
    throw workflowKey === undefined ? await workflowNotFound(reads, workflowId) : incarnationNotFound(which);
  }
  if (found.state === undefined) {
    throw versionNotFound(found.workflow.workflowId, selector, found.workflow.latestVersion);
  }
  return { ...found.state, workflow: found.workflow };
}

/** findWorkflow reads the present incarnation of an id. Throws WORKFLOW_NOT_FOUND. */
export async function findWorkflow(reads: WorkflowReads, workflowId: string): Promise<WorkflowRecord> {
  const workflow = await reads.workflow(workflowId);
  if (workflow === undefined) throw await workflowNotFound(reads, workflowId);
  return workflow;
}
