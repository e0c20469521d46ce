import type { InstanceBody, PageBody, StepBody, WorkflowSummaryBody } from '../api/bodies.js';
import type { Client } from '../api/client.js';
import { apiPath, workflowParts } from '../api/path.js';

/** More names than this help nobody choose. */
const MAX_NAMES = '200';

/** namesFor are the names that may go on from what was typed: workflows, then `<id>/` instances, then their steps. */
export async function namesFor(client: Client, typed: string): Promise<readonly string[]> {
  const [workflowId = '', instance, step] = typed.split('/');
  if (instance === undefined) return workflowIds(client, workflowId);
  return step === undefined ? instanceNames(client, workflowId) : stepNames(client, workflowId, instance);
}

async function workflowIds(client: Client, text: string): Promise<readonly string[]> {
  const { body } = await client.get<PageBody<WorkflowSummaryBody>>(apiPath(['workflows'], { text, first: MAX_NAMES }));
  return body.elements.map(({ workflow_id: id }) => id).filter((id) => id.startsWith(text));
}

async function instanceNames(client: Client, id: string): Promise<readonly string[]> {
  const path = apiPath(workflowParts(id, 'instances'), { first: MAX_NAMES });
  const { body } = await client.get<PageBody<InstanceBody>>(path);
  return body.elements.map(({ workflow_instance_id: instance }) => `${id}/${instance}`);
}

async function stepNames(client: Client, id: string, instance: string): Promise<readonly string[]> {
  const { body } = await client.get<readonly StepBody[]>(apiPath(workflowParts(id, 'instances', instance, 'steps')));
  return body.map(({ step_id: step }) => `${id}/${instance}/${step}`);
}
