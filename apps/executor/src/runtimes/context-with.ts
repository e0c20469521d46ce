import type { RuntimeContext } from './runtime.js';

/** contextWith is an attempt's context with something changed. */
export function contextWith(context: RuntimeContext, changes: Partial<RuntimeContext>): RuntimeContext {
  return {
    attemptId: context.attemptId,
    signal: context.signal,
    traceparent: context.traceparent,
    ...(context.access === undefined ? {} : { access: context.access }),
    log: (stream, data) => context.log(stream, data),
    progress: (artifacts) => context.progress(artifacts),
    waits: () => context.waits?.(),
    ...changes,
  };
}
