import { versionToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** getVersion: GET /workflows/{id}/versions/{version}; `active`, `latest`, `default` or a number. */
export const getVersion: Handler = async (call, { definition }) => {
  const enriched = call.query.flag('enriched', false);
  const request = { workflowId: call.param('id'), version: call.param('version'), enriched };
  const answer = await definition.getWorkflow(request, call.options);
  return ok(() => versionToJson(answer));
};
