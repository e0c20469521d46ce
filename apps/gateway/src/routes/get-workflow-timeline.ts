import { workflowTimelineToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** getWorkflowTimeline: GET /workflows/{id}/timeline; what people changed, at most 300 entries. */
export const getWorkflowTimeline: Handler = async (call, { definition }) => {
  const answer = await definition.getTimeline({ workflowId: call.param('id') }, call.options);
  return ok(() => workflowTimelineToJson(answer));
};
