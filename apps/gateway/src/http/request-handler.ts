import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MaestroError } from '@maestro/domain';
import { extract, inSpan, type Logger, type RequestMetrics, traceparentOf } from '@maestro/telemetry';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { Services } from '../services.js';
import { errorBody, toMaestroError } from './error-answer.js';
import { InFlight } from './in-flight.js';
import { Query } from './query.js';
import { RestCall } from './rest-call.js';
import type { Match, Router } from './router.js';
import { sendJson, sendStream } from './send.js';
import { HTTP_STATUS_OF_CODE } from './status-of-code.js';

/** RequestHandlerOptions are what all requests share. */
export interface RequestHandlerOptions {
  readonly router: Router;
  readonly services: Services;
  readonly logger: Logger;
  readonly tracer: Tracer;
  readonly metrics: RequestMetrics;
  readonly inFlight: InFlight;
  readonly draining: AbortSignal;
}

const REQUEST_ID = /^[\w.:-]{1,128}$/;

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** handleRequest answers one request, whatever happens; it never rejects. */
export async function handleRequest(
  options: RequestHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('x-request-id', requestId(request));
  // A client that goes away mid-answer is no error of ours.
  response.on('error', () => undefined);
  let leave: (() => void) | undefined;
  try {
    leave = options.inFlight.enter();
    await routed(options, request, response);
  } catch (error) {
    sendError(options.logger, request, response, toMaestroError(error));
  } finally {
    leave?.();
  }
}

async function routed(
  options: RequestHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { path, query } = target(request.url ?? '/');
  const match = options.router.match(request.method ?? '', path);
  const end = options.metrics.begin({ route: `${match.route.method} ${match.route.path}` });
  try {
    await (match.route.traced ? traced : answer)(options, request, response, match, query);
    end();
  } catch (error) {
    end(toMaestroError(error).code);
    throw error;
  }
}

function traced(
  options: RequestHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  match: Match,
  query: string,
): Promise<void> {
  const { method, path } = match.route;
  const parent = extract(singleHeaders(request));
  const attributes = { 'http.request.method': method, 'http.route': path };
  return inSpan(options.tracer, `${method} ${path}`, { kind: SpanKind.SERVER, parent, attributes }, async () => {
    const traceparent = traceparentOf() ?? traceparentOf(parent);
    if (traceparent !== undefined) response.setHeader('traceparent', traceparent);
    await answer(options, request, response, match, query);
  });
}

async function answer(
  { services, draining }: RequestHandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  { route, params }: Match,
  query: string,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    // Every answer closes; only one that is cut short has something left to cancel.
    if (!response.writableFinished) gone.abort();
  });
  const call = new RestCall(request, params, new Query(query, route.query), gone.signal, draining);
  if (route.needsCaller) call.requireCaller();
  const given = await route.handle(call, services);
  if (given.kind === 'json') sendJson(response, given.status, given.body);
  else await sendStream(response, given, gone.signal);
}

function target(url: string): { readonly path: string; readonly query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

function singleHeaders(request: IncomingMessage): Record<string, string> {
  const { traceparent, tracestate, 'maestro-trace': asked } = request.headers;
  const given = { traceparent, tracestate, 'maestro-trace': asked };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string')) as Record<
    string,
    string
  >;
}

function sendError(logger: Logger, request: IncomingMessage, response: ServerResponse, error: MaestroError): void {
  const { http } = HTTP_STATUS_OF_CODE[error.code];
  if (http >= 500) logger.error({ err: error, path: target(request.url ?? '').path }, 'a request failed');
  if (response.headersSent || response.destroyed) return void response.end();
  if (error.retryAfterMs !== undefined) response.setHeader('retry-after', Math.ceil(error.retryAfterMs / 1000));
  sendJson(response, http, errorBody(error));
}
