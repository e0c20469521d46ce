import type { Json } from '@maestro/domain';
import { decodeExactJson } from '@maestro/wire';
import { readOutputDocument, type OutputDocument } from '../../runtimes/output-document.js';
import { isJsonObject } from '../../runtimes/params.js';

/** CALL_BACK_STATES are the ends that a call-back may give an attempt. */
const CALL_BACK_STATES = ['DONE', 'USER_ERROR', 'PLATFORM_ERROR', 'FATAL_ERROR'] as const;

/** CallBack is what an attempt was told. */
export interface CallBack extends OutputDocument {
  readonly state: (typeof CALL_BACK_STATES)[number];
  readonly message?: string;
}

/** readCallBack reads the body of a call-back; nothing means DONE. Throws an Error that says what is wrong. */
export function readCallBack(body: Uint8Array): CallBack {
  if (body.length === 0) return { state: 'DONE' };
  const document = objectIn(body);
  const state = stateOf(document['state'] ?? 'DONE');
  const message = document['message'];
  if (message !== undefined && typeof message !== 'string') throw new Error('"message" must be a text');
  return { state, ...(message === undefined ? {} : { message }), ...readOutputDocument(body) };
}

function objectIn(body: Uint8Array): Readonly<Record<string, Json | undefined>> {
  const value = decodeExactJson(body);
  if (!isJsonObject(value)) throw new Error('it must be a JSON object');
  return value;
}

function stateOf(given: Json): CallBack['state'] {
  const state = CALL_BACK_STATES.find((known) => known === given);
  if (state === undefined) throw new Error(`"state" must be one of ${CALL_BACK_STATES.join(', ')}`);
  return state;
}
