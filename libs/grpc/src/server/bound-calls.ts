import { MaestroError } from '@maestro/domain';
import { type Interceptor } from './interceptor.js';

/** How soon a refused caller should try again. */
const RETRY_AFTER_MS = 200;

export interface CallBounds {
  /** Calls that are answered once, at the same time. */
  readonly maxInFlight: number;
  /** Calls that answer with a stream (watches, workers), at the same time. */
  readonly maxStreams: number;
}

/** boundCalls refuses calls above the bounds with OVERLOADED: a late answer to everyone is worse than a quick one to some. */
export function boundCalls(bounds: CallBounds): Interceptor {
  const single = { open: 0, max: bounds.maxInFlight };
  const streams = { open: 0, max: bounds.maxStreams };
  return async (context, next) => {
    const kind = context.method.methodKind;
    const bound = kind === 'unary' || kind === 'client_streaming' ? single : streams;
    if (bound.open >= bound.max) throw overloaded(bound.max);
    bound.open += 1;
    try {
      return await next();
    } finally {
      bound.open -= 1;
    }
  };
}

function overloaded(max: number): MaestroError {
  return new MaestroError('OVERLOADED', `The service is working on ${String(max)} calls already; try again shortly.`, {
    retryAfterMs: RETRY_AFTER_MS,
  });
}
