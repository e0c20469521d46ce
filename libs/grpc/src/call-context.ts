import { AsyncLocalStorage } from 'node:async_hooks';
import { type DescMethod } from '@bufbuild/protobuf';
import { type Metadata } from '@grpc/grpc-js';
import { type Context } from '@opentelemetry/api';

/** Metadata key that names on whose behalf a call is made. */
export const CALLER_KEY = 'maestro-caller';

/** CallContext is what a handler knows of the call it serves. */
export interface CallContext {
  readonly method: DescMethod;
  readonly metadata: Metadata;
  /** Who asks, as the metadata says (`maestro-caller`); undefined when it does not say. */
  readonly caller: string | undefined;
  /** Milliseconds since the epoch; Infinity for a stream without one. */
  readonly deadline: number;
  /** Aborts when the caller went away, the deadline passed or the server was forced to stop. */
  readonly signal: AbortSignal;
  /** Aborts when the server begins to drain: streams of both directions should finish soon. */
  readonly draining: AbortSignal;
  /** The caller's trace. */
  readonly trace: Context;
  /** Address of the caller. */
  readonly peer: string;
}

const storage = new AsyncLocalStorage<CallContext>();

/** currentCall is the call that is being served by the code that runs now, undefined outside of any. */
export function currentCall(): CallContext | undefined {
  return storage.getStore();
}

/** runInCall makes the context current for the work and everything it awaits. */
export function runInCall<T>(context: CallContext, work: () => T): T {
  return storage.run(context, work);
}
