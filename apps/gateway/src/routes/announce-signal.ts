import { isErrorCode, MaestroError, type Json, type JsonObject } from '@maestro/domain';
import type { AnnounceOutcome, AnnounceResponse } from '@maestro/proto/maestro/signal/v1/signal_service';
import { jsonObjectToProto, signalInstanceToJson, signalParamsToProto } from '@maestro/wire';
import { ok } from '../http/answer.js';
import { errorBody } from '../http/error-answer.js';
import type { Handler } from '../http/route.js';
import { readAnnouncement } from './announcement.js';
import { expected } from './expected.js';

const DUPLICATE = {
  status: 'CONFLICT',
  message: 'The signal was announced before; this is the instance that exists.',
  errors: [],
  retryable: false,
};

/**
 * announceSignal: POST /signals; a repeat answers the existing instance, with `details` as the original has them. A list is announced
 * together, and answered by a list in its order; what is refused is an error in its place (not in the original).
 */
export const announceSignal: Handler = async (call, { signal }) => {
  const body = await call.json();
  if (!Array.isArray(body)) {
    const answer = await signal.announce(requestOf(body), call.options);
    return ok(() => announcedToJson(answer));
  }
  const announcements = (body as readonly Json[]).map((each, index) => requestAt(each, index));
  const { outcomes } = await signal.announceMany({ announcements }, call.options);
  return ok(() => outcomes.map(outcomeToJson));
};

function requestOf(body: Json) {
  const { params, payload, ...rest } = readAnnouncement(body);
  return { ...rest, params: signalParamsToProto(params), payload: jsonObjectToProto(payload) };
}

/** What is wrong is said with its place in the list. */
function requestAt(body: Json, index: number) {
  try {
    return requestOf(body);
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    const violations = error.violations.map((each) => ({ ...each, path: `[${index}].${each.path}` }));
    throw new MaestroError(error.code, `[${index}]: ${error.message}`, { violations });
  }
}

function announcedToJson(answer: AnnounceResponse): JsonObject {
  const json = signalInstanceToJson(expected(answer.signal, 'signal'));
  return answer.duplicate ? { ...json, details: DUPLICATE } : json;
}

function outcomeToJson({ outcome }: AnnounceOutcome): JsonObject {
  if (outcome.case === 'announced') return announcedToJson(outcome.value);
  const { code = 'INTERNAL', message = 'The signal service gave no outcome.' } = outcome.value ?? {};
  return errorBody(new MaestroError(isErrorCode(code) ? code : 'INTERNAL', message));
}
