import type { Json, JsonObject } from '@maestro/domain';
import { isJsonObject, textOf } from '../params.js';
import type { HttpRequest } from '@maestro/outbound';
import { httpAuthOf, type HttpAuth } from './http-auth.js';

/** HttpCall is what a step asks for. */
export interface HttpCall extends HttpRequest {
  readonly url: string;
  readonly auth: HttpAuth | undefined;
  /** Wait for a call-back after the answer. */
  readonly callback: boolean;
  /** How often a request is made again that met an error of the network. */
  readonly retries: number;
  /** The longest that one request may take, answer included. */
  readonly timeoutMs: number;
}

const DEFAULT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'application/json',
  Accept: 'application/json',
};
const METHOD = /^[A-Z]{1,16}$/;
const DEFAULT_RETRIES = 3;
const MAX_RETRIES = 20;
const DEFAULT_TIMEOUT_SECS = 60;
const MAX_TIMEOUT_SECS = 3_600;

/** httpCallOf reads the params of an Http step (spec §1.7); a text says what is wrong with them. */
export function httpCallOf(params: JsonObject): HttpCall | string {
  const http = params['http'];
  if (!isJsonObject(http)) return 'The param "http" must be a MAP with at least a url.';
  const url = http['url'];
  if (typeof url !== 'string' || url === '') return 'The param "http" needs a url (STRING).';
  const method = typeof http['method'] === 'string' ? http['method'].toUpperCase() : 'GET';
  if (!METHOD.test(method)) return `The method "${method}" is not an HTTP method.`;
  const auth = httpAuthOf(http['auth']);
  if (typeof auth === 'string') return auth;
  const retries = numberIn(http['retries'], DEFAULT_RETRIES, 0, MAX_RETRIES);
  const timeout = numberIn(http['timeout_secs'], DEFAULT_TIMEOUT_SECS, 1, MAX_TIMEOUT_SECS);
  if (retries === undefined) return `The param "http.retries" must be a LONG from 0 to ${MAX_RETRIES}.`;
  if (timeout === undefined) return `The param "http.timeout_secs" must be a LONG from 1 to ${MAX_TIMEOUT_SECS}.`;
  const body = http['body'];
  return {
    url,
    method,
    headers: isJsonObject(http['headers']) ? texts(http['headers']) : DEFAULT_HEADERS,
    ...(typeof body === 'string' ? { body } : {}),
    auth,
    callback: http['callback'] === true,
    retries,
    timeoutMs: timeout * 1_000,
  };
}

function texts(values: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value ?? '')]));
}

/** Undefined when it is not a whole number within the bounds. */
function numberIn(value: Json | undefined, byDefault: number, min: number, max: number): number | undefined {
  if (value === undefined || value === null) return byDefault;
  const number = typeof value === 'bigint' ? Number(value) : NaN;
  return number >= min && number <= max ? number : undefined;
}
