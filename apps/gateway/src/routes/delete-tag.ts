import { propertiesSnapshotToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** deleteTag: DELETE /workflows/{id}/properties/tag/{tag}; by name. */
export const deleteTag: Handler = async (call, { definition }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id'), tagName: call.param('tag') };
  const answer = await definition.deleteTag(request, call.options);
  return ok(() => propertiesSnapshotToJson(expected(answer.snapshot, 'snapshot')));
};
