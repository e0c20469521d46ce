import { MaestroError, type WorkflowKey } from '@maestro/domain';
import type { Selector } from '../ports/selector.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';

/** workflowNotFound is the error for an id that stands for no workflow; it names ids that look like it. */
export async function workflowNotFound(reads: Pick<WorkflowReads, 'near'>, workflowId: string): Promise<MaestroError> {
  const near = workflowId === '' ? [] : await reads.near(workflowId);
  const hint =
    near.length === 0
      ? 'Push it first, or list the workflows to see what exists.'
      : `Did you mean ${near.map((id) => `"${id}"`).join(' or ')}?`;
  return new MaestroError('WORKFLOW_NOT_FOUND', `Workflow "${workflowId}" does not exist. ${hint}`, {
    metadata: { workflow_id: workflowId },
  });
}

/** incarnationNotFound is the error for a key that stands for no workflow of that id (any more). */
export function incarnationNotFound(which: {
  readonly workflowId: string;
  readonly workflowKey?: WorkflowKey;
}): MaestroError {
  const { workflowId, workflowKey = 0n } = which;
  const message = `No workflow "${workflowId}" has the key ${workflowKey}. It may have been deleted, and pushed anew under another key.`;
  const metadata = { workflow_id: workflowId, workflow_key: String(workflowKey) };
  return new MaestroError('WORKFLOW_NOT_FOUND', message, { metadata });
}

/** versionNotFound is the error for a selector that names no version of a workflow that exists. */
export function versionNotFound(workflowId: string, selector: Selector, latestVersion: bigint): MaestroError {
  const metadata = { workflow_id: workflowId, latest_version_id: String(latestVersion) };
  if (typeof selector !== 'bigint') {
    return new MaestroError(
      'NO_ACTIVE_VERSION',
      `Workflow "${workflowId}" has no active version (its latest is ${latestVersion}). Activate one, or ask for latest.`,
      { metadata },
    );
  }
  return new MaestroError(
    'VERSION_NOT_FOUND',
    `Workflow "${workflowId}" has no version ${selector}; its latest is ${latestVersion}.`,
    { metadata },
  );
}
