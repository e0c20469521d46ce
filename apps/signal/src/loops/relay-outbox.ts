import { setTimeout as pause } from 'node:timers/promises';
import type { EventPublisher, Outbox } from '../ports/announcements.js';
import type { SignalKey } from '../ports/announcement.js';

const BATCH = 200;

export interface RelayOptions {
  readonly outbox: Outbox;
  readonly publisher: EventPublisher;
  /** Keys that are published and still in the outbox. */
  readonly takePublished: () => readonly SignalKey[];
  readonly everyMs: number;
  /** Younger events are left to the process that committed them. */
  readonly olderThanMs: number;
  readonly onError: (error: unknown) => void;
}

/** relayOutbox publishes again what was committed and not published (its process died, the broker was away), until aborted. */
export async function relayOutbox(options: RelayOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await relayOnce(options).catch(options.onError);
    await pause(options.everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** relayOnce is one round: forget what is published, then publish what has waited too long. */
export async function relayOnce({ outbox, publisher, takePublished, olderThanMs }: RelayOptions): Promise<void> {
  const published = takePublished();
  if (published.length > 0) await outbox.remove(published);
  const send = publisher.publish.bind(publisher);
  while ((await outbox.relay({ olderThanMs, limit: BATCH }, send)) === BATCH);
}
