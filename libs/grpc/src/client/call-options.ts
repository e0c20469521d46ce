import { type DescMethod } from '@bufbuild/protobuf';
import { Metadata, type CallOptions as GrpcCallOptions } from '@grpc/grpc-js';
import { MaestroError } from '@maestro/domain';
import { hasTrace, injectHeaders } from '@maestro/telemetry';
import { context } from '@opentelemetry/api';
import { CALLER_KEY, currentCall } from '../call-context.js';
import { methodPath } from '../service-definition.js';

/** CallOptions are what one call may say for itself. */
export interface CallOptions {
  /** The call ends with TIMED_OUT after this long, or earlier when the call that is being served has less time left. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** On whose behalf; else the caller of the call that is being served, else the client's own name. */
  readonly caller?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Wait for a connection instead of failing at once with UNAVAILABLE. */
  readonly waitForReady?: boolean;
  /** Do not end with the call that is being served: for work that outlives it. */
  readonly detached?: boolean;
}

/** ClientDefaults hold for all calls of a client. */
export interface ClientDefaults {
  /** The name under which this process calls when it calls for nobody else. */
  readonly caller?: string;
  /** For calls with one answer; 10 s when absent. Streams have no time limit of their own. */
  readonly defaultTimeoutMs?: number;
}

/** PreparedCall is what grpc-js needs beside the message. */
export interface PreparedCall {
  readonly metadata: Metadata;
  readonly options: GrpcCallOptions;
  readonly signal: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** prepareCall joins what a call says, what the client says and what the call that is being served passes on. */
export function prepareCall(method: DescMethod, defaults: ClientDefaults, call: CallOptions): PreparedCall {
  const serving = call.detached === true ? undefined : currentCall();
  const deadline = Math.min(serving?.deadline ?? Infinity, Date.now() + timeoutOf(method, defaults, call));
  if (deadline <= Date.now()) throw new MaestroError('TIMED_OUT', `No time was left to call ${methodPath(method)}.`);
  return {
    metadata: metadataOf(defaults, call),
    options: deadline === Infinity ? {} : { deadline },
    signal: joined(call.signal, serving?.signal),
  };
}

function timeoutOf(method: DescMethod, defaults: ClientDefaults, call: CallOptions): number {
  if (call.timeoutMs !== undefined) return call.timeoutMs;
  const single = method.methodKind === 'unary' || method.methodKind === 'client_streaming';
  return single ? (defaults.defaultTimeoutMs ?? DEFAULT_TIMEOUT_MS) : Infinity;
}

function metadataOf(defaults: ClientDefaults, call: CallOptions): Metadata {
  const serving = currentCall();
  const metadata = new Metadata(call.waitForReady === true ? { waitForReady: true } : {});
  for (const [key, value] of Object.entries(call.metadata ?? {})) metadata.set(key, value);
  const caller = call.caller ?? serving?.caller ?? defaults.caller;
  if (caller !== undefined) metadata.set(CALLER_KEY, caller);
  const active = context.active();
  // Without tracing no context follows the code; the trace that came in is passed on all the same.
  return injectHeaders(metadata, serving === undefined || hasTrace(active) ? active : serving.trace);
}

function joined(own: AbortSignal | undefined, serving: AbortSignal | undefined): AbortSignal | undefined {
  if (own === undefined || serving === undefined) return own ?? serving;
  return AbortSignal.any([own, serving]);
}
