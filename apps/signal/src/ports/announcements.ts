import type { AnnouncedBatch, Announcement, SignalEvent, SignalKey } from './announcement.js';

/** Announcements stores announcements, many in one transaction. */
export interface Announcements {
  /**
   * announce stores a batch in one transaction, frees whom it matches, and answers in its order. What is new is in the outbox from then on;
   * `published` are keys that leave it in the same transaction.
   */
  announce(batch: readonly Announcement[], published: readonly SignalKey[]): Promise<AnnouncedBatch>;
}

/** Outbox is what was committed and is not known to be published. */
export interface Outbox {
  /**
   * relay gives `send` the oldest events that wait for longer than `olderThanMs`, at most `limit`; those that it names as
   * sent leave the outbox. Rows that another replica relays are left to it. Answers how many were taken.
   */
  relay(
    ask: { readonly olderThanMs: number; readonly limit: number },
    send: (events: readonly SignalEvent[]) => Promise<readonly SignalKey[]>,
  ): Promise<number>;
  remove(keys: readonly SignalKey[]): Promise<void>;
}

/** EventPublisher tells outsiders; it answers the keys of the events that are known to be stored by the broker. */
export interface EventPublisher {
  publish(events: readonly SignalEvent[]): Promise<readonly SignalKey[]>;
}
