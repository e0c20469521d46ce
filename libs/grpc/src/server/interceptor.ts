import { type CallContext } from '../call-context.js';

/**
 * Interceptor does something around a call; `next` goes on with it and ends when the answer (or the last message of a
 * stream) was handed over. To refuse a call, throw a MaestroError instead of calling `next`.
 */
export type Interceptor = (context: CallContext, next: () => Promise<unknown>) => Promise<unknown>;

/** compose makes one interceptor of several, the first one outermost. */
export function compose(interceptors: readonly Interceptor[]): Interceptor {
  return interceptors.reduceRight<Interceptor>(
    (inner, outer) => (context, next) => outer(context, () => inner(context, next)),
    (_context, next) => next(),
  );
}
