import type { Json } from '@maestro/domain';

/** JsonAnswer is an answer that is known as a whole. */
export interface JsonAnswer {
  readonly kind: 'json';
  readonly status: number;
  readonly body: Json;
}

/** StreamAnswer is written piece by piece until its source ends or the client goes away. */
export interface StreamAnswer {
  readonly kind: 'stream';
  readonly contentType: string;
  /** The first piece is awaited for a second before the head is sent, so that an early error gets its status code. */
  readonly pieces: AsyncIterable<Uint8Array | string>;
  /** Sent while nothing else is, so that proxies keep the connection open. */
  readonly heartbeat?: string;
  /** What to send when the source fails in mid-stream; the status code is out already. */
  readonly failure?: (error: unknown) => string;
}

export type Answer = JsonAnswer | StreamAnswer;

/** ok answers 200. */
export function ok(body: Json): JsonAnswer {
  return { kind: 'json', status: 200, body };
}

/** accepted answers 202: what was asked for goes on after the answer. */
export function accepted(body: Json): JsonAnswer {
  return { kind: 'json', status: 202, body };
}
