import { fromBinary } from '@bufbuild/protobuf';
import { pipeline, queryOne, transaction, type Statement } from '@maestro/postgres';
import { OutboxBatchSchema, type OutboxMessage } from '@maestro/proto/maestro/scheduler/v1/outbox';
import type { Pool, PoolClient } from 'pg';
import type { OutboxStore } from '../../ports/outbox-store.js';
import { claimLapsedOutbox, deleteOutbox } from './outbox.js';

const RELAY_BATCHES = 50;

export function postgresOutbox(pool: Pool): OutboxStore {
  return {
    relayLapsed: (send) =>
      transaction(pool, async (client) => {
        const [claimed] = await pipeline(client, [claimLapsedOutbox(RELAY_BATCHES)]);
        if (claimed.rows.length === 0) return false;
        const messages = claimed.rows.flatMap((row) => fromBinary(OutboxBatchSchema, row.messages).messages);
        await send(await stillOpen(client, messages));
        await pipeline(client, [deleteOutbox(claimed.rows.map((row) => row.batch_id))]);
        return claimed.rows.length === RELAY_BATCHES;
      }),
    remove: async (batchIds) => void (await queryOne(pool, deleteOutbox(batchIds))),
  };
}

/** Only what its row still waits for is sent: a late task would have to be refused at its claim. */
async function stillOpen(client: PoolClient, messages: readonly OutboxMessage[]): Promise<OutboxMessage[]> {
  const [open] = await pipeline(client, [readOpenDispatches(messages)]);
  const keys = new Set(
    open.rows.map(
      (row) => `${String(row.run_key)}-${String(row.ordinal)}-${String(row.attempt)}-${String(row.dispatch)}`,
    ),
  );
  return messages.filter(({ runKey, ordinal, attempt, dispatch }) =>
    keys.has(`${String(runKey)}-${String(ordinal)}-${String(attempt)}-${String(dispatch)}`),
  );
}

interface OpenRow {
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

function readOpenDispatches(messages: readonly OutboxMessage[]): Statement<OpenRow> {
  return {
    name: 'step-read-open-dispatches',
    text: `select s.run_key, s.ordinal, s.attempt, s.dispatch
           from unnest($1::bigint[], $2::int[], $3::int[], $4::int[]) m(run_key, ordinal, attempt, dispatch)
           join step s on s.run_key = m.run_key and s.ordinal = m.ordinal and s.attempt = m.attempt and s.dispatch = m.dispatch
           where s.status in ('STARTING', 'RUNNING')`,
    values: [
      messages.map(({ runKey }) => runKey),
      messages.map(({ ordinal }) => ordinal),
      messages.map(({ attempt }) => attempt),
      messages.map(({ dispatch }) => dispatch),
    ],
  };
}
