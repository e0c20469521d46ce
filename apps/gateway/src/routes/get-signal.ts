import { signalInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** getSignal: GET /signals/{name}/instances/{seq}; a number or `latest`. */
export const getSignal: Handler = async (call, { signal }) => {
  const request = { name: call.param('name'), seqId: call.numberOrLatest('seq') };
  const answer = await signal.getSignal(request, call.options);
  return ok(() => signalInstanceToJson(expected(answer.signal, 'signal')));
};
