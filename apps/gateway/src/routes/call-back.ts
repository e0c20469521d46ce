import type { CallBackRequest } from '@maestro/proto/maestro/executor/v1/executor_service';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { bearerTokenOf } from './put-output-data.js';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/**
 * callBack: POST /callbacks/{attempt} by whom an attempt asked for work. It is proved by the token, in the query of the URL that
 * was given or as bearer, or by the header `Maestro-Signature: sha256=<HMAC of the body>`.
 */
export const callBack: Handler = async (call, { executor }) => {
  const body = await call.bytes();
  const { repeated } = await executor.callBack(
    { attemptId: call.param('attempt'), proof: proofOf(call), body },
    call.options,
  );
  return ok(() => ({ accepted: true, repeated }));
};

function proofOf(call: RestCall): CallBackRequest['proof'] {
  const signature = SIGNATURE.exec(call.header('maestro-signature') ?? '')?.[1];
  if (signature !== undefined) return { case: 'signature', value: Buffer.from(signature, 'hex') };
  return { case: 'token', value: call.query.text('token') || bearerTokenOf(call) };
}
