import type { Millis } from '@maestro/domain';
import type { Assembly } from './assemble.js';
import { claimFirst } from './encode/claim-first.js';
import { encodeEventBatch } from './encode/encode-events.js';
import { FAST_START_MILLIS } from './encode/encode-task.js';
import { encodeOutbox, type Outgoing } from './encode/outgoing.js';

/** Unsent is a committed batch whose messages did not all reach the broker. */
export interface Unsent {
  readonly batchId: bigint;
  readonly messages: readonly Outgoing[];
  /** When they are to be sent again, and the row may go. */
  readonly due: Millis;
}

/** Longer than anything that was sent may begin without a claim. */
export const RESEND_AFTER_MILLIS = FAST_START_MILLIS + 1_000;
/** Longer than a commit that broke off may still be on its way. */
const FORESTALLED_MILLIS = 6_000;
const MAX_UNSENT = 1_000;
const DELETE_AT_ONCE = 16;

/**
 * Outbox writes one row a batch with all it decided to send, and deletes it in a later batch once it was sent: a crash in
 * between leaves the row for the relay.
 */
export class Outbox {
  private sent: bigint[] = [];
  private unsent: Unsent[] = [];

  constructor(private readonly writer: string) {}

  /** seal fixes what the batch sends; last, because only now it is known which runs stay in it. */
  seal(assembly: Assembly, batchId: bigint): void {
    assembly.rows.events = encodeEventBatch(assembly.events);
    // Some at once: a delete in every commit of one step was a tenth of it. A copy: another lane goes on adding to the
    // list while this batch is committed.
    if (this.sent.length >= DELETE_AT_ONCE) assembly.rows.outboxDone = [...this.sent];
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

  /** clean deletes the rows that may go: for an idle moment, when no batch comes to do it. */
  async clean(remove: (batchIds: readonly bigint[]) => Promise<void>): Promise<void> {
    // A copy: more is sent while these are deleted.
    const done = [...this.sent];
    if (done.length === 0) return;
    await remove(done);
    this.sent = this.sent.filter((id) => !done.includes(id));
  }

  /** failed: this batch could not be sent. It is kept for `takeFailed`; above the bound the watch over dispatches brings it. */
  failed(batchId: bigint, messages: readonly Outgoing[], at: Millis): void {
    this.keep({ batchId, messages, due: at + RESEND_AFTER_MILLIS });
  }

  /** forestalled: a row lies in the place of this batch, so that it cannot be committed late; after a while it may go. */
  forestalled(batchId: bigint, at: Millis): void {
    this.keep({ batchId, messages: [], due: at + FORESTALLED_MILLIS });
  }

  private keep(unsent: Unsent): void {
    if (this.unsent.length < MAX_UNSENT) this.unsent.push(unsent);
    else this.sent.push(unsent.batchId);
  }

  /** takeFailed gives what could not be sent, after a while. A part of it may have been sent: whoever gets a second copy has to claim it first. */
  takeFailed(at: Millis): readonly Unsent[] {
    const old = this.unsent.filter(({ due }) => due <= at);
    this.unsent = this.unsent.filter((unsent) => !old.includes(unsent));
    return old.map((unsent) => ({ ...unsent, messages: unsent.messages.map(claimFirst) }));
  }
}
