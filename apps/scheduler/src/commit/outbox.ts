import type { Assembly } from './assemble.js';
import { encodeEventBatch } from './encode/encode-events.js';
import { encodeOutbox } from './encode/outgoing.js';

/**
 * Outbox writes one row a batch with all it decided to send, and deletes it in a later batch once it was sent: a crash in
 * between leaves the row for the relay.
 */
export class Outbox {
  private sent: bigint[] = [];

  constructor(private readonly writer: string) {}

  /** seal fixes what the batch sends; last, because only now it is known which runs stay in it. */
  seal(assembly: Assembly, batchId: bigint): void {
    assembly.rows.events = encodeEventBatch(assembly.events);
    assembly.rows.outboxDone = this.sent;
    // A batch with starts has a row too: if its commit breaks, the row tells whether they were made.
    if (assembly.messages.length + assembly.outcomes.length === 0) return;
    assembly.rows.outbox = { batchId, writer: this.writer, messages: encodeOutbox(assembly.messages) };
  }

  /** committed forgets the rows that this batch deleted. */
  committed(assembly: Assembly): void {
    const done = new Set(assembly.rows.outboxDone);
    this.sent = this.sent.filter((id) => !done.has(id));
  }

  /** published: everything of this batch was sent; its row may go. */
  published(batchId: bigint): void {
    this.sent.push(batchId);
  }

  /** takeSent empties the list: for an idle moment, when no batch comes to delete them. */
  takeSent(): readonly bigint[] {
    const sent = this.sent;
    this.sent = [];
    return sent;
  }
}
