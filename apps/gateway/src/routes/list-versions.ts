import { definitionToRestJson, paginationToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** listVersions: GET /workflows/{id}/versions/pagination, newest first. */
export const listVersions: Handler = async (call, { definition }) => {
  const request = { workflowId: call.param('id'), page: call.query.page() };
  const answer = await definition.listVersions(request, call.options);
  return ok(() => paginationToJson(answer.definitions.map(definitionToRestJson), answer.page));
};
