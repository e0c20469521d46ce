import { setTimeout as wait } from 'node:timers/promises';
import { codeOf, reasonOf } from '@maestro/outbound';

export interface RetryOptions {
  readonly retries: number;
  /** Making the request twice does no more than making it once. */
  readonly repeatable: boolean;
  readonly signal: AbortSignal;
  readonly firstPauseMs: number;
  /** Told before each new try. */
  readonly again: (reason: string, pauseMs: number) => void;
}

/** No connection was made: nobody can have seen the request. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
/** The connection broke: the request may have been seen. */
const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'SILENT', 'TOO_SLOW']);
const MAX_PAUSE_MS = 30_000;

/**
 * withRetries makes a request again after an error of the network, when nobody can have seen it or seeing it twice does no
 * harm. Rejects with the last error.
 */
export async function withRetries<T>(options: RetryOptions, request: () => Promise<T>): Promise<T> {
  const { retries, repeatable, signal, firstPauseMs, again } = options;
  for (let tries = 0; ; tries += 1) {
    try {
      return await request();
    } catch (error) {
      const code = codeOf(error);
      const mayRepeat = NEVER_SENT.has(code) || (repeatable && BROKEN.has(code));
      if (signal.aborted || !mayRepeat || tries >= retries) throw error;
      const pauseMs = Math.min(firstPauseMs * 2 ** tries, MAX_PAUSE_MS);
      again(reasonOf(error), pauseMs);
      await wait(pauseMs, undefined, { signal });
    }
  }
}
