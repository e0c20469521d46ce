import { overviewToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** getOverview: GET /workflows/{id}/overview; pointers from the definition service, counts from the scheduler. */
export const getOverview: Handler = async (call, { definition, scheduler }) => {
  const request = { workflowId: call.param('id') };
  const [overview, counts] = await Promise.all([
    definition.getOverview(request, call.options),
    scheduler.getWorkflowCounts(request, call.options),
  ]);
  return ok(() => overviewToJson(overview, counts));
};
