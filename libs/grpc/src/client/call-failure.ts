import { type DescMethod } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { decodeError } from '../errors/decode-error.js';
import { methodPath } from '../service-definition.js';

/** callFailure is what a failed call fails with: the reason of the caller's own signal when that fired, else our error. */
export function callFailure(method: DescMethod, signal: AbortSignal | undefined, error: unknown): Error {
  if (signal?.aborted !== true) return decodeError(error, methodPath(method));
  const reason: unknown = signal.reason;
  return reason instanceof Error
    ? reason
    : new MaestroError('UNAVAILABLE', `${methodPath(method)} was given up: ${String(reason)}.`);
}

/** sourceFailure is what a call fails with when the requests that it was to send could not be had: the source's error. */
export function sourceFailure(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
