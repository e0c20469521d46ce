import type { PropertiesChange, PropertiesSnapshot } from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';
import type { Act } from '../ports/workflow-acts.js';
import { bodyHash, type Asking } from './asking.js';
import { changeProperties, type PropertiesDeps } from './change-properties.js';
import { changeToJson, checkChange } from './check-change.js';
import { mergeOnUpdate } from './merge-properties.js';

/** updateProperties merges a change into a workflow's properties (spec §1.4). Throws INVALID_REQUEST, WORKFLOW_NOT_FOUND. */
export async function updateProperties(
  deps: PropertiesDeps,
  asking: Asking,
  ask: { readonly workflowId: string; readonly change: PropertiesChange },
): Promise<PropertiesSnapshot> {
  const { workflowId } = ask;
  const change = checkChange(ask.change);
  const body = changeToJson(change);
  const hash = bodyHash(`${workflowId}\n${stringifyJson(body)}`);
  const act: Act = { ...asking, kind: 'update-properties', workflowId, bodyHash: hash };
  return changeProperties(deps, act, (workflow) => ({
    properties: mergeOnUpdate(workflow.properties, change),
    change: body,
    log: `Changed properties: ${Object.keys(body).join(', ') || 'nothing'}`,
  }));
}
