import type { Services } from '../services.js';
import type { Answer } from './answer.js';
import type { RestCall } from './rest-call.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Handler serves one route; it fails with a MaestroError. */
export type Handler = (call: RestCall, services: Services) => Promise<Answer>;

/** Route is one line of the route table. */
export interface Route {
  readonly method: Method;
  /** Below the base path; `{name}` is one segment. */
  readonly path: string;
  readonly handle: Handler;
  /** Query parameters it understands; others are refused. */
  readonly query: readonly string[];
  /** Whether the `user` header must say who asks. */
  readonly needsCaller: boolean;
  /** False for the receiver of traces: a trace of receiving a trace would never end. */
  readonly traced: boolean;
}

/** read is a route that changes nothing. */
export function read(path: string, handle: Handler, query: readonly string[] = []): Route {
  return { method: 'GET', path, handle, query, needsCaller: false, traced: true };
}

/** act is a route that changes something: it needs a caller. */
export function act(method: Method, path: string, handle: Handler, query: readonly string[] = []): Route {
  return { method, path, handle, query, needsCaller: true, traced: true };
}

/** check is a route with a body that needs no caller: it changes nothing, or a token in it says who may. */
export function check(method: Method, path: string, handle: Handler, query: readonly string[] = []): Route {
  return { method, path, handle, query, needsCaller: false, traced: true };
}
