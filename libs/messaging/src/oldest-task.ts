import { JetStreamApiError, type JetStreamManager, type MsgRequest } from '@nats-io/jetstream';
import { TASKS_STREAM } from './topology.js';

/** The server's code for a stream that does not exist. */
const STREAM_NOT_FOUND = 10059;

/**
 * oldestTask is when the oldest message of a work queue that nobody has settled yet was stored, milliseconds by the
 * server's clock; undefined when the queue is empty or gone. What was stored earlier is provably not in it.
 */
export async function oldestTask(manager: JetStreamManager, subject: string): Promise<number | undefined> {
  // The library knows `next_by_subj` for direct reads only; servers take it here since 2.8.
  const query: MsgRequest & { readonly next_by_subj: string } = { seq: 1, next_by_subj: subject };
  try {
    const message = await manager.streams.getMessage(TASKS_STREAM, query);
    return message?.time.getTime();
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return undefined;
    throw error;
  }
}
