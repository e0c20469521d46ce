import type { RunKey } from '@maestro/domain';
import { query, queryOne, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { ExecutorState, RunNumber, WaitReader } from '../../ports/wait-reader.js';
import { permitPlaceOf, readPermitPlaces } from './permit-place.js';
import { readBlocking, readPlace, readQueue, readRunning, type RunNumberRow } from './queue-place.js';
import { queueRowOf } from './workflow-queue.js';

/** postgresWaitReader reads what runs wait for. */
export function postgresWaitReader(pool: Pool): WaitReader {
  return {
    place: async (workflowKey, run) => {
      const [queues, places, running, blocking] = await query(pool, [
        readQueue(workflowKey),
        readPlace(workflowKey, run),
        readRunning(workflowKey),
        readBlocking(workflowKey),
      ]);
      return {
        queue: queues.rows[0] === undefined ? undefined : queueRowOf(queues.rows[0]),
        waiting: places.rows[0]?.waiting === true,
        ahead: places.rows[0]?.ahead ?? 0n,
        running: running.rows.map(numberOf),
        blocking: blocking.rows.map(numberOf),
      };
    },
    ready: async (runKey) =>
      (await queryOne(pool, readReadyOf(runKey))).map(({ since, ...place }) => ({ ...place, since: Number(since) })),
    permits: async (runKey) => (await queryOne(pool, readPermitPlaces(runKey))).map(permitPlaceOf),
    executors: async () => (await queryOne(pool, READ_EXECUTORS)).map(executorOf),
  };
}

const numberOf = (row: RunNumberRow): RunNumber => ({ instanceId: row.instance_id, runId: row.run_id });

interface ReadyPlaceRow {
  readonly ordinal: number;
  readonly attempt: number;
  readonly since: bigint;
  readonly ahead: bigint;
}

/** The attempts of a run that wait for room in their pools. */
function readReadyOf(runKey: RunKey): Statement<ReadyPlaceRow> {
  return {
    name: 'ready-of-run',
    text: `select r.ordinal, r.attempt, r.since,
                  (select count(*) from ready o where o.pool = r.pool and o.since < r.since) as ahead
           from ready r where r.run_key = $1`,
    values: [runKey],
  };
}

interface ExecutorRow {
  readonly executor_id: string;
  readonly pool: string;
  readonly slots: number;
  readonly free_slots: number;
  readonly draining: boolean;
  readonly step_types: readonly string[];
  readonly labels: readonly string[];
  readonly address: string;
  readonly expires_at: bigint;
}

const READ_EXECUTORS: Statement<ExecutorRow> = {
  name: 'executor-read-all',
  text: `select executor_id, pool, slots, free_slots, draining, step_types, labels, address, expires_at
         from executor order by pool, executor_id`,
};

function executorOf(row: ExecutorRow): ExecutorState {
  return {
    executorId: row.executor_id,
    pool: row.pool,
    slots: row.slots,
    freeSlots: row.free_slots,
    draining: row.draining,
    stepTypes: row.step_types,
    labels: row.labels,
    address: row.address,
    expiresAt: Number(row.expires_at),
  };
}
