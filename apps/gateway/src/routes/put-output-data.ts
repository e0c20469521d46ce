import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';

const BEARER = /^Bearer (\S+)$/i;

/** bearerTokenOf is the token of the header `Authorization`; empty when there is none. */
export function bearerTokenOf(call: RestCall): string {
  return BEARER.exec(call.header('authorization') ?? '')?.[1] ?? '';
}

/** putOutputData: PUT /output-data by the code of a step; its token says which attempt it belongs to. */
export const putOutputData: Handler = async (call, { executor }) => {
  const documentJson = await call.jsonBytes();
  const { attemptId } = await executor.putOutputData({ token: bearerTokenOf(call), documentJson }, call.options);
  return ok(() => ({ attempt_id: attemptId }));
};
