import { jsonObjectToProto, signalInstanceToJson, signalParamsToProto } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { readAnnouncement } from './announcement.js';
import { expected } from './expected.js';

const DUPLICATE = {
  status: 'CONFLICT',
  message: 'The signal was announced before; this is the instance that exists.',
  errors: [],
  retryable: false,
};

/** announceSignal: POST /signals; a repeat answers the existing instance, with `details` as the original has them. */
export const announceSignal: Handler = async (call, { signal }) => {
  const { params, payload, ...rest } = readAnnouncement(await call.json());
  const request = { ...rest, params: signalParamsToProto(params), payload: jsonObjectToProto(payload) };
  const answer = await signal.announce(request, call.options);
  const json = signalInstanceToJson(expected(answer.signal, 'signal'));
  return ok(() => (answer.duplicate ? { ...json, details: DUPLICATE } : json));
};
