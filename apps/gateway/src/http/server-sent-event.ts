import type { Json } from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';

/** serverSentEvent is one event of a text/event-stream; a client that reconnects says the last `id` it has seen. */
export function serverSentEvent(event: string, data: Json, id?: number | bigint): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${stringifyJson(data)}\n\n`;
}
