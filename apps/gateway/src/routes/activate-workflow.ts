import { workflowActionToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** activateWorkflow: PUT /workflows/{id}/versions/{version}/actions/activate. */
export const activateWorkflow: Handler = async (call, { definition }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id'), version: call.param('version') };
  const answer = await definition.activateWorkflow(request, call.options);
  return ok(() => workflowActionToJson(answer));
};
