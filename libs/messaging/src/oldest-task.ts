import type { JetStreamManager, MsgRequest } from '@nats-io/jetstream';
import { ifFound, STREAM_NOT_FOUND } from './if-found.js';
import { TASKS_STREAM } from './topology.js';

/**
 * oldestTask is when the oldest message of a work queue that nobody has settled yet was stored, milliseconds by the
 * server's clock; undefined when the queue is empty or gone. What was stored earlier is provably not in it.
 */
export async function oldestTask(manager: JetStreamManager, subject: string): Promise<number | undefined> {
  // The library knows `next_by_subj` for direct reads only; servers take it here since 2.8.
  const query: MsgRequest & { readonly next_by_subj: string } = { seq: 1, next_by_subj: subject };
  const message = await ifFound(STREAM_NOT_FOUND, () => manager.streams.getMessage(TASKS_STREAM, query));
  return message?.time.getTime();
}

/** tasksKeptSince is when the stream of tasks was made, milliseconds by the server's clock: what it was sent before is gone. Infinity: there is none. */
export async function tasksKeptSince(manager: JetStreamManager): Promise<number> {
  const info = await ifFound(STREAM_NOT_FOUND, () => manager.streams.info(TASKS_STREAM));
  return info === undefined ? Infinity : Date.parse(info.created);
}
