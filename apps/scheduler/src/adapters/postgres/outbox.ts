import type { Statement } from '@maestro/postgres';
import { NOW } from './now.js';
import type { OutboxRow } from '../../rows/batch-rows.js';

export function insertOutbox({ batchId, writer, messages }: OutboxRow): Statement {
  return {
    name: 'outbox-insert',
    text: 'insert into outbox (batch_id, writer, messages) values ($1, $2, $3)',
    values: [batchId, writer, Buffer.from(messages.buffer, messages.byteOffset, messages.byteLength)],
  };
}

export function deleteOutbox(batchIds: readonly bigint[]): Statement {
  return { name: 'outbox-delete', text: 'delete from outbox where batch_id = any($1::bigint[])', values: [batchIds] };
}

/**
 * Takes the place of a batch that is not there: waits for its commit if that is under way, and makes it fail if it is still to come. Its
 * writer says what it is.
 */
export function forestallBatch(batchId: bigint, writer: string): Statement {
  return {
    name: 'outbox-forestall',
    text: `insert into outbox (batch_id, writer, messages) values ($1, '!' || $2, '') on conflict do nothing`,
    values: [batchId, writer],
  };
}

/** Behind forestallBatch, as a statement of its own: it sees what that has waited for. */
export function isBatchWritten(batchId: bigint): Statement<{ written: boolean }> {
  return {
    name: 'outbox-is-written',
    text: `select writer not like '!%' as written from outbox where batch_id = $1`,
    values: [batchId],
  };
}

/**
 * Rows that a replica which is no longer alive has left; one relay at a time has each. When its lease is over, what it dispatched before it
 * died is older than RESEND_AFTER_MILLIS: the queue tells whether anybody can have it.
 */
export function claimLapsedOutbox(limit: number): Statement<{ batch_id: bigint; messages: Buffer }> {
  return {
    name: 'outbox-claim-lapsed',
    text: `select o.batch_id, o.messages from outbox o
           where not exists (select 1 from replica r where r.replica_id = ltrim(o.writer, '!')
                             and r.expires_at > ${NOW})
           order by o.batch_id limit $1 for update skip locked`,
    values: [limit],
  };
}
