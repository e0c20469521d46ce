import { type Json, MaestroError } from '@maestro/domain';

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

/** What a service answered breaks its contract: that is no fault of the request. */
function written(write: () => Json): Json {
  try {
    return write();
  } catch (cause) {
    if (cause instanceof MaestroError && cause.code === 'INTERNAL') throw cause;
    throw new MaestroError('INTERNAL', 'A service gave an answer that the gateway cannot read; the log has it.', {
      cause,
    });
  }
}

/** ok answers 200 with what `write` makes of the answers of the services; throws INTERNAL when it cannot. */
export function ok(write: () => Json): JsonAnswer {
  return { kind: 'json', status: 200, body: written(write) };
}

/** accepted answers 202: what was asked for goes on after the answer. Otherwise as `ok`. */
export function accepted(write: () => Json): JsonAnswer {
  return { kind: 'json', status: 202, body: written(write) };
}
