import type { EventFeed } from '../ports/event-feed.js';

const BATCHES = 200;

/** publishEvents brings the event feed to outsiders, in commit order, from where the cursor stands. One replica at a time does. */
export async function publishEvents(
  feed: EventFeed,
  send: (batches: readonly Uint8Array[]) => Promise<void>,
): Promise<void> {
  let more = true;
  while (more) more = await feed.publishNext(BATCHES, send);
}
