import type { Publisher } from '../commit/commit-deps.js';
import type { OutboxStore } from '../ports/outbox-store.js';

/** relayOutbox sends what replicas that are gone had committed and not sent; the watch over dispatches would find it later. */
export async function relayOutbox(store: OutboxStore, publisher: Publisher): Promise<void> {
  let more = true;
  while (more) more = await store.relayLapsed((messages) => publisher.publish(messages));
}
