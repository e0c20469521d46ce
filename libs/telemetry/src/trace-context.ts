import {
  context,
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  isSpanContextValid,
  ROOT_CONTEXT,
  trace,
  type Context,
  type TextMapGetter,
  type TextMapSetter,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/** A caller who sends this header with the value `on` gets a trace, whatever the sampling rate. */
export const TRACE_REQUEST_HEADER = 'maestro-trace';
/** The W3C header (https://www.w3.org/TR/trace-context/) and the environment variable of a step (in capitals). */
export const TRACEPARENT_HEADER = 'traceparent';

/** StringMap is a carrier whose keys are header names in lower case. */
export type StringMap = Record<string, string>;

/** HeaderSource is what gRPC metadata and NATS headers have in common. `get` answers with one value, several or none. */
export interface HeaderSource {
  get(key: string): unknown;
}

/** HeaderMap is a HeaderSource that can be written to. */
export interface HeaderMap extends HeaderSource {
  set(key: string, value: string): unknown;
}

const propagator = new W3CTraceContextPropagator();
const tracingAsked = createContextKey('maestro trace asked for');

const headerSetter: TextMapSetter<HeaderMap> = { set: (carrier, key, value) => void carrier.set(key, value) };
const headerGetter: TextMapGetter<HeaderSource> = {
  get: (carrier, key) => firstText(carrier.get(key)),
  keys: () => [],
};

/** inject writes the trace of a context (the active one when none is given) into a map of strings. No trace, no key. */
export function inject(carrier: StringMap, from: Context = context.active()): StringMap {
  propagator.inject(from, carrier, defaultTextMapSetter);
  return carrier;
}

/** extract reads what inject wrote, on top of an empty context; absent or malformed headers mean no parent. */
export function extract(carrier: StringMap): Context {
  const found = propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
  return carrier[TRACE_REQUEST_HEADER] === 'on' ? askForTrace(found) : found;
}

/** injectHeaders is inject for gRPC metadata and NATS headers. */
export function injectHeaders<C extends HeaderMap>(carrier: C, from: Context = context.active()): C {
  propagator.inject(from, carrier, headerSetter);
  return carrier;
}

/** extractHeaders is extract for gRPC metadata and NATS headers. */
export function extractHeaders(carrier: HeaderSource): Context {
  const found = propagator.extract(ROOT_CONTEXT, carrier, headerGetter);
  return firstText(carrier.get(TRACE_REQUEST_HEADER)) === 'on' ? askForTrace(found) : found;
}

/** traceparentOf is the W3C text of a context's trace (kept in rows and in a step's environment), or undefined. */
export function traceparentOf(from: Context = context.active()): string | undefined {
  return inject({}, from)[TRACEPARENT_HEADER];
}

/** contextOf makes a parent of a stored traceparent; undefined or malformed text means no parent. */
export function contextOf(traceparent: string | undefined): Context {
  return traceparent === undefined ? ROOT_CONTEXT : extract({ [TRACEPARENT_HEADER]: traceparent });
}

/** hasTrace says whether the context carries a trace. */
export function hasTrace(from: Context): boolean {
  const span = trace.getSpanContext(from);
  return span !== undefined && isSpanContextValid(span);
}

/** askForTrace marks a context as one whose caller wants a trace, whatever the sampling rate. */
export function askForTrace(from: Context): Context {
  return from.setValue(tracingAsked, true);
}

/** isTraceAskedFor reads the mark of askForTrace. */
export function isTraceAskedFor(from: Context): boolean {
  return from.getValue(tracingAsked) === true;
}

function firstText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}
