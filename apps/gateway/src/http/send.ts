import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';
import type { StreamAnswer } from './answer.js';

const HEARTBEAT_MS = 15_000;
/** A source that is silent for so long gets its head out; its errors come later than the status code then. */
const FIRST_PIECE_MS = 1_000;

/** sendJson writes a whole answer. */
export function sendJson(response: ServerResponse, status: number, body: Json): void {
  const bytes = Buffer.from(stringifyJson(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

function beat(response: ServerResponse, heartbeat: string | undefined): NodeJS.Timeout | undefined {
  if (heartbeat === undefined) return undefined;
  return setInterval(() => response.writableNeedDrain || response.write(heartbeat), HEARTBEAT_MS).unref();
}

async function write(response: ServerResponse, piece: Uint8Array | string, gone: AbortSignal): Promise<void> {
  // A slow reader holds up the source; one that went away must not hold it for ever.
  if (!response.write(piece)) await once(response, 'drain', { signal: gone });
}

/**
 * sendStream writes an answer piece by piece. It rejects only while nothing is sent, so that the error still gets its
 * status code; later failures end the stream.
 */
export async function sendStream(response: ServerResponse, answer: StreamAnswer, gone: AbortSignal): Promise<void> {
  const pieces = answer.pieces[Symbol.asyncIterator]();
  const first = pieces.next();
  await Promise.race([first, delay(FIRST_PIECE_MS, undefined, { ref: false })]);
  response.writeHead(200, {
    'content-type': answer.contentType,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const heart = beat(response, answer.heartbeat);
  try {
    for (let next = await first; next.done !== true; next = await pieces.next()) {
      await write(response, next.value, gone);
    }
  } catch (error) {
    if (!gone.aborted && answer.failure !== undefined) response.write(answer.failure(error));
  } finally {
    clearInterval(heart);
    await pieces.return?.();
    response.end();
  }
}
