import { workflowActionToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** deactivateWorkflow: PUT /workflows/{id}/actions/deactivate; what runs goes on. */
export const deactivateWorkflow: Handler = async (call, { definition }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id') };
  const answer = await definition.deactivateWorkflow(request, call.options);
  return ok(() => workflowActionToJson(answer));
};
