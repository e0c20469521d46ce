import { readTag } from '@maestro/dsl';
import { propertiesSnapshotToJson, tagToProto } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** upsertTag: POST /workflows/{id}/properties/tag; by name. */
export const upsertTag: Handler = async (call, { definition }) => {
  const tag = tagToProto(readTag(await call.json()));
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id'), tag };
  const answer = await definition.upsertTag(request, call.options);
  return ok(() => propertiesSnapshotToJson(expected(answer.snapshot, 'snapshot')));
};
