import { type Json, type JsonObject, MaestroError } from '@maestro/domain';
import { jsonObjectToProto, tagPermitToJson, tagPermitUseToJson, timelineEventToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** setTagPermit: POST /tag-permits; what stands beside tag and max_allowed is kept as extra info. */
export const setTagPermit: Handler = async (call, { permits }) => {
  const request = { requestId: call.idempotencyKey, ...permitOf(await call.json()) };
  const answer = await permits.setTagPermit(request, call.options);
  return ok(() => tagPermitToJson(expected(answer.permit, 'permit')));
};

/** getTagPermit: GET /tag-permits/{tag}; with who holds and who waits, which is ours. */
export const getTagPermit: Handler = async (call, { permits }) => {
  const answer = await permits.getTagPermit({ tag: call.param('tag') }, call.options);
  return ok(() => tagPermitUseToJson(expected(answer.permit, 'permit'), answer));
};

/** listTagPermits: GET /tag-permits; not in the original. */
export const listTagPermits: Handler = async (call, { permits }) => {
  const answer = await permits.listTagPermits({}, call.options);
  return ok(() => answer.permits.map(tagPermitToJson));
};

/** removeTagPermit: DELETE /tag-permits/{tag}. */
export const removeTagPermit: Handler = async (call, { permits }) => {
  const request = { requestId: call.idempotencyKey, tag: call.param('tag') };
  const { timelineEvent } = await permits.removeTagPermit(request, call.options);
  return ok(() => ({
    tag: request.tag,
    timeline_event: timelineEventToJson(expected(timelineEvent, 'timeline_event')),
  }));
};

const MOST = 2n ** 31n - 1n;
/** Names that answers use themselves. */
const TAKEN = ['held', 'waiting', 'holders', 'waiters', 'modify_time'];

function permitOf(body: Json) {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new MaestroError('INVALID_REQUEST', 'The body must be an object with tag and max_allowed.');
  const { tag, max_allowed: maxAllowed, ...extra } = body as JsonObject;
  if (typeof tag !== 'string') throw wrong('tag', 'must be a text');
  if (typeof maxAllowed !== 'bigint' || maxAllowed < 0n || maxAllowed > MOST)
    throw wrong('max_allowed', 'must be a whole number of steps, 0 or more');
  const taken = TAKEN.find((name) => name in extra);
  if (taken !== undefined) throw wrong(taken, 'is a part of answers and cannot be set');
  return { tag, maxAllowed: Number(maxAllowed), extraInfo: jsonObjectToProto(extra) };
}

function wrong(path: string, message: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `The limit is not valid: ${path} ${message}.`, {
    violations: [{ path, message }],
  });
}
