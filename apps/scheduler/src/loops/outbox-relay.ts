import { claimFirst } from '../commit/encode/claim-first.js';
import type { Publisher } from '../commit/commit-deps.js';
import type { OutboxStore } from '../ports/outbox-store.js';

/**
 * relayOutbox sends what replicas that are gone had committed and not sent; the watch over dispatches would find it later. A replica that
 * only seems to be gone may have sent it as well, or do so now: nobody starts a copy without a claim.
 */
export async function relayOutbox(store: OutboxStore, publisher: Publisher): Promise<void> {
  let more = true;
  while (more) more = await store.relayLapsed((messages) => publisher.publish(messages.map(claimFirst)));
}
