import type { TimelineEvent } from '@maestro/domain';
import type { Selector } from '../ports/selector.js';
import type { Act, ActView, Decision, WorkflowActs } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import { bodyHash, type Asking } from './asking.js';
import { requireExisting } from './existing.js';
import { versionNotFound } from './not-found.js';

export interface ActivationDeps {
  readonly acts: WorkflowActs;
  readonly reads: WorkflowReads;
}

/** Pointed is what an act on the active pointer answers; version 0 stands for none. */
export interface Pointed {
  readonly workflowId: string;
  readonly version: bigint;
  readonly event: TimelineEvent;
}

/** activateWorkflow makes a version the active one; nothing changes when it is already. */
export async function activateWorkflow(
  deps: ActivationDeps,
  asking: Asking,
  ask: { readonly workflowId: string; readonly selector: Selector },
): Promise<Pointed> {
  const { workflowId, selector } = ask;
  const act: Act = { ...asking, kind: 'activate', workflowId, bodyHash: bodyHash(`${workflowId}\n${selector}`) };
  const { receipt } = await deps.acts.perform(act, async (view) => {
    const workflow = await requireExisting(deps.reads, act, view);
    return decideActivation(workflow, await versionOf(workflow, selector, view), view);
  });
  const version = receipt.version ?? 0n;
  const message = `Activated version ${version} of workflow "${receipt.workflowId}".`;
  const event = {
    type: 'ACTION',
    timestamp: receipt.time,
    action: 'ACTIVATE',
    author: receipt.author,
    message,
  } as const;
  return { workflowId: receipt.workflowId, version, event };
}

async function versionOf(workflow: WorkflowRecord, selector: Selector, view: ActView): Promise<bigint> {
  const { activeVersion, latestVersion, workflowId } = workflow;
  if (typeof selector === 'bigint') {
    if (await view.versionExists(selector)) return selector;
    throw versionNotFound(workflowId, selector, latestVersion);
  }
  const version =
    selector === 'latest' ? latestVersion : (activeVersion ?? (selector === 'default' ? latestVersion : undefined));
  if (version === undefined) throw versionNotFound(workflowId, selector, latestVersion);
  return version;
}

function decideActivation(workflow: WorkflowRecord, version: bigint, view: ActView): Decision {
  const decision = { workflowKey: workflow.workflowKey, version, time: view.now };
  if (workflow.activeVersion === version) return decision;
  const was = workflow.activeVersion === undefined ? 'none was active' : `${workflow.activeVersion} was active`;
  return {
    ...decision,
    write: {
      kind: 'ACTIVATED',
      after: { ...workflow, activeVersion: version },
      activated: version,
      log: `Activated version ${version} (${was})`,
    },
  };
}
