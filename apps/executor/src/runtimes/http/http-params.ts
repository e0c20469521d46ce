import type { JsonObject } from '@maestro/domain';
import { isJsonObject, textOf } from '../params.js';
import type { HttpRequest } from './exchange.js';

/** HttpCall is what a step asks for. */
export interface HttpCall extends HttpRequest {
  readonly url: string;
}

const DEFAULT_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'application/json',
  Accept: 'application/json',
};
const METHOD = /^[A-Z]{1,16}$/;

/** httpCallOf reads the params of an Http step (spec §1.7); a text says what is wrong with them. */
export function httpCallOf(params: JsonObject): HttpCall | string {
  const http = params['http'];
  if (!isJsonObject(http)) return 'The param "http" must be a MAP with at least a url.';
  const url = http['url'];
  if (typeof url !== 'string' || url === '') return 'The param "http" needs a url (STRING).';
  const method = typeof http['method'] === 'string' ? http['method'].toUpperCase() : 'GET';
  if (!METHOD.test(method)) return `The method "${method}" is not an HTTP method.`;
  const body = http['body'];
  return {
    url,
    method,
    headers: isJsonObject(http['headers']) ? texts(http['headers']) : DEFAULT_HEADERS,
    ...(typeof body === 'string' ? { body } : {}),
  };
}

function texts(values: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value ?? '')]));
}
