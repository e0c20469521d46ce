import { paginationToJson, propertiesSnapshotToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

const PAGE_SIZE = 50;

/** listProperties: GET /workflows/{id}/properties-history, newest first (not in the original). */
export const listProperties: Handler = async (call, { definition }) => {
  const request = { workflowId: call.param('id'), page: call.query.page(PAGE_SIZE) };
  const answer = await definition.listPropertiesHistory(request, call.options);
  return ok(() => paginationToJson(answer.snapshots.map(propertiesSnapshotToJson), answer.page));
};
