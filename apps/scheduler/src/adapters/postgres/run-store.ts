import { BEGIN, COMMIT, pipeline, SQLSTATE, StatementError, type Statement } from '@maestro/postgres';
import { exactJsonText } from '@maestro/wire';
import type { EngineEvent } from '@maestro/engine';
import type { Json, RunKey } from '@maestro/domain';
import type { Pool, PoolClient } from 'pg';
import type {
  Assumed,
  CommitCounts,
  Locked,
  LockRequest,
  OpenTransaction,
  RunStore,
  StoredRun,
} from '../../ports/run-store.js';
import type { BatchRows } from '../../rows/batch-rows.js';
import { assertNewRequests, assertNewRuns, findRequests, instanceRunOf } from './instance-run.js';
import { forestallBatch, isBatchWritten } from './outbox.js';
import { parkRun } from './parked-event.js';
import { lockedPermits, lockPermits } from './permit.js';
import { entryOf, readHeads } from './queue-entry.js';
import { readIterations, recalledOf } from './iterations.js';
import { findRunBefore, readTaken, takenOf } from './restart.js';
import { assertVersions, headerOf, lockRuns, readRuns, updateRunAt, type RunRow } from './run.js';
import { readLatestSteps, stepOf, type StepRow } from './step.js';
import { timeOf } from './columns.js';
import { bulkActs, writeStatements } from './write-batch.js';
import { assertQueues, lockQueues, queueRowOf, seedQueues } from './workflow-queue.js';

const ROLLBACK: Statement = { name: 'rollback', text: 'rollback' };

/** postgresRunStore is the RunStore on Postgres; the pool's connections have the hot-path settings and a lock_timeout. */
export function postgresRunStore(pool: Pool): RunStore {
  return {
    load: (runKeys) => withClient(pool, (client) => load(client, runKeys)),
    commitDirect: (rows, assumed) => withClient(pool, (client) => commitDirect(client, rows, assumed)),
    begin: (request) => begin(pool, request),
    runBefore: async (identity) => (await one(pool, findRunBefore(identity)))[0]?.run_key,
    iterations: async (workflowId, ask, kind) =>
      recalledOf(await one(pool, readIterations(workflowId)), ask, kind, async (runKey) =>
        one(pool, readRuns([runKey])),
      ),
    wasCommitted: (batchId, writer) => withClient(pool, (client) => wasCommitted(client, batchId, writer)),
    park: async (runKey, reason, events) => void (await one(pool, parkRun(runKey, reason, events.map(eventText)))),
  };
}

const eventText = (event: EngineEvent): string => exactJsonText(event as unknown as Json);

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(isBroken(error));
    throw error;
  }
}

/** A connection that failed in any other way than by a refused statement is not used again. */
function isBroken(error: unknown): boolean {
  return !(error instanceof StatementError && error.code !== undefined && /^(2|4|5[35])/.test(error.code));
}

async function one<R>(pool: Pool, statement: Statement<R>): Promise<readonly R[]> {
  return withClient(pool, async (client) => (await pipeline(client, [statement]))[0].rows);
}

async function wasCommitted(client: PoolClient, batchId: bigint, writer: string): Promise<boolean> {
  const [, { rows }] = await pipeline(client, [forestallBatch(batchId, writer), isBatchWritten(batchId)]);
  return rows[0]?.written === true;
}

async function load(client: PoolClient, runKeys: readonly RunKey[]): Promise<StoredRun[]> {
  const [runs, steps] = await pipeline(client, [readRuns(runKeys), readLatestSteps(runKeys)]);
  const byRun = new Map<RunKey, StepRow[]>();
  for (const step of steps.rows) {
    const known = byRun.get(step.run_key);
    if (known === undefined) byRun.set(step.run_key, [step]);
    else known.push(step);
  }
  const stored = runs.rows.map((row) => storedRun(row, byRun.get(row.run_key) ?? []));
  return withTaken(client, stored);
}

/** Restarted runs need what earlier runs have done: a second look, for them alone. */
async function withTaken(client: PoolClient, stored: readonly StoredRun[]): Promise<StoredRun[]> {
  const pointers = stored.flatMap(({ header }) => header.restart?.inherited ?? []);
  if (pointers.length === 0) return [...stored];
  const [{ rows }] = await pipeline(client, [readTaken(pointers)]);
  return stored.map((run) => {
    const { inherited = [] } = run.header.restart ?? {};
    const taken = takenOf({ restart: run.header.restart && { ...run.header.restart, left: [] } }, rows);
    return inherited.length === 0 ? run : { ...run, steps: [...run.steps, ...taken.map(({ step }) => step)] };
  });
}

function storedRun(row: RunRow, steps: readonly StepRow[]): StoredRun {
  return {
    header: headerOf(row),
    ver: row.ver,
    admitted: row.admitted,
    blocking: row.blocking,
    wakeAt: timeOf(row.wake_at),
    parkedReason: row.parked_reason ?? undefined,
    steps: steps.map(stepOf),
  };
}

async function commitDirect(client: PoolClient, rows: BatchRows, assumed?: Assumed): Promise<'committed' | 'moved'> {
  try {
    await pipeline(client, [...assumptions(assumed), ...directStatements(rows)]);
    return 'committed';
  } catch (error) {
    if (error instanceof StatementError && error.code === SQLSTATE.divisionByZero) return 'moved';
    throw error;
  }
}

/** Queue rows are locked before runs, as everywhere. */
function assumptions(assumed: Assumed | undefined): Statement[] {
  if (assumed === undefined) return [];
  const { queues, requests } = assumed;
  const places = requests.filter(({ place }) => place !== undefined);
  return [
    assertQueues(queues),
    ...(requests.length === 0 ? [] : [assertNewRequests(requests)]),
    ...(places.length === 0 ? [] : [assertNewRuns(places)]),
  ];
}

/** The check of versions comes first, and is one with the update of the run where a batch has one run only. */
function directStatements(rows: BatchRows): Statement[] {
  const [version, otherVersion] = rows.versions;
  const [update, otherUpdate] = rows.runUpdates;
  const single =
    version !== undefined && otherVersion === undefined && update !== undefined && otherUpdate === undefined;
  const check = version === undefined ? [] : [assertVersions(rows.versions)];
  if (!single) return [...check, ...writeStatements(rows)];
  return [updateRunAt(update, version), ...writeStatements({ ...rows, runUpdates: [] })];
}

async function begin(pool: Pool, request: LockRequest): Promise<OpenTransaction> {
  const client = await pool.connect();
  try {
    const locked = await lock(client, request);
    return {
      locked,
      commit: (rows) => finish(client, rows),
      rollback: async () => {
        await pipeline(client, [ROLLBACK]).then(
          () => client.release(),
          () => client.release(true),
        );
      },
    };
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** One round trip: lock queues, then tags where permits are concerned, then runs, and read what is decided under those locks. */
async function lock(client: PoolClient, request: LockRequest): Promise<Locked> {
  const first = [BEGIN, seedQueues(request.seeds), lockQueues(request.workflowKeys)] as const;
  const then = [findRequests(request.requests), readHeads(request.heads), lockRuns(request.runs)] as const;
  if (request.permits === undefined) {
    const [, , queues, requests, heads, runs] = await pipeline(client, [...first, ...then]);
    return lockedOf(queues.rows, requests.rows, heads.rows, runs.rows);
  }
  const [, , queues, , tags, waiting, released, seqs, requests, heads, runs] = await pipeline(client, [
    ...first,
    ...lockPermits(request.permits),
    ...then,
  ]);
  const permits = lockedPermits(tags.rows, waiting.rows, released.rows, seqs.rows);
  return { ...lockedOf(queues.rows, requests.rows, heads.rows, runs.rows), permits };
}

type Rows<S> = S extends Statement<infer R> ? readonly R[] : never;

function lockedOf(
  queues: Rows<ReturnType<typeof lockQueues>>,
  requests: Rows<ReturnType<typeof findRequests>>,
  heads: Rows<ReturnType<typeof readHeads>>,
  runs: Rows<ReturnType<typeof lockRuns>>,
): Locked {
  return {
    queues: new Map(queues.map((row) => [row.workflow_key, queueRowOf(row)])),
    requests: requests.map(instanceRunOf),
    heads: heads.map(entryOf),
    runs: new Set(runs.map((row) => row.run_key)),
  };
}

async function finish(client: PoolClient, rows: BatchRows): Promise<CommitCounts> {
  const acts = bulkActs(rows);
  const writes = writeStatements(rows);
  const results = await pipeline(client, [...writes, ...acts.statements, COMMIT]);
  client.release();
  return acts.counts(results.slice(writes.length));
}
