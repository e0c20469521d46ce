import type { Act, Decision } from '../ports/workflow-acts.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import type { ActivationDeps, Pointed } from './activate-workflow.js';
import { bodyHash, type Asking } from './asking.js';
import { requireExisting } from './existing.js';

/** deactivateWorkflow leaves a workflow without an active version; it answers the one that was. */
export async function deactivateWorkflow(deps: ActivationDeps, asking: Asking, workflowId: string): Promise<Pointed> {
  const act: Act = { ...asking, kind: 'deactivate', workflowId, bodyHash: bodyHash(workflowId) };
  const { receipt } = await deps.acts.perform(act, async (view) =>
    decideDeactivation(await requireExisting(deps.reads, act, view), view.now),
  );
  const { version = 0n, time, author } = receipt;
  const message =
    version === 0n
      ? `Workflow "${receipt.workflowId}" had no active version.`
      : `Deactivated version ${version} of workflow "${receipt.workflowId}".`;
  const event = { type: 'ACTION', timestamp: time, action: 'DEACTIVATE', author, message } as const;
  return { workflowId: receipt.workflowId, version, event };
}

function decideDeactivation(workflow: WorkflowRecord, time: number): Decision {
  const { activeVersion, ...rest } = workflow;
  if (activeVersion === undefined) return { workflowKey: workflow.workflowKey, time };
  return {
    workflowKey: workflow.workflowKey,
    version: activeVersion,
    time,
    write: { kind: 'DEACTIVATED', after: rest, log: `Deactivated version ${activeVersion}` },
  };
}
