import type { JsonObject, Properties, PropertiesSnapshot } from '@maestro/domain';
import type { Act, ActView, Decision, WorkflowActs } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import { requireExisting } from './existing.js';
import { goneSince } from './receipt-version.js';
import { nextSnapshot } from './snapshot.js';

export interface PropertiesDeps {
  readonly acts: WorkflowActs;
  readonly reads: WorkflowReads;
}

/** Alteration is the new properties, the delta kept in the history, and the line for people. */
export interface Alteration {
  readonly properties: Properties;
  readonly change: JsonObject;
  readonly log: string;
}

/** changeProperties stores what `alter` makes of the present properties as the next snapshot, and answers it. */
export async function changeProperties(
  deps: PropertiesDeps,
  act: Act,
  alter: (workflow: WorkflowRecord, now: number) => Alteration,
): Promise<PropertiesSnapshot> {
  const { receipt } = await deps.acts.perform(act, async (view) => {
    const workflow = await requireExisting(deps.reads, act, view);
    return decideChange(workflow, act, view, alter(workflow, view.now));
  });
  const snapshot = await deps.reads.snapshot(receipt.workflowKey, receipt.time);
  if (snapshot === undefined) throw goneSince(receipt.workflowId);
  return snapshot;
}

function decideChange(workflow: WorkflowRecord, act: Act, view: ActView, alteration: Alteration): Decision {
  const properties = nextSnapshot(alteration.properties, {
    workflowId: workflow.workflowId,
    author: act.author,
    now: view.now,
    before: workflow.properties.createTime,
  });
  return {
    workflowKey: workflow.workflowKey,
    time: properties.createTime,
    write: {
      kind: 'PROPERTIES_CHANGED',
      after: { ...workflow, properties },
      propertiesChange: alteration.change,
      log: alteration.log,
    },
  };
}
