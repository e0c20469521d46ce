import { isConnectionError, SQLSTATE, sqlState } from '@maestro/postgres';
import type { OpenTransaction } from '../ports/run-store.js';
import { rest } from '../ports/timing.js';
import { applyQueues } from './admit-batch.js';
import { addRun, emptyAssembly, type Assembly } from './assemble.js';
import { needsQueue, type Batch } from './batch.js';
import type { CommitDeps } from './commit-deps.js';
import { permitAskOf } from '../permits/permit-ask.js';
import { openPermits } from '../permits/settle-permits.js';
import type { PermitAsk } from '../rows/permit-rows.js';
import { lockRequestOf } from './lock-request.js';
import type { Outbox } from './outbox.js';
import { PermitsMisjudged } from './permits-misjudged.js';
import type { RunWork } from './work.js';

/** Committed is a batch that is in the database, and the works that had to leave it because their run had moved on. */
export interface Committed {
  readonly assembly: Assembly;
  readonly moved: readonly RunWork[];
  readonly counts: Awaited<ReturnType<OpenTransaction['commit']>>;
}

const ASK_AGAIN_MS = 200;
const NO_COUNTS = { ended: [], unblocked: [] };

/** commitBatch writes a batch in one transaction; again, when it was to lock other permits than it had. */
export async function commitBatch(deps: CommitDeps, batch: Batch, outbox: Outbox): Promise<Committed> {
  for (;;) {
    try {
      return await commitOnce(deps, batch, outbox);
    } catch (error) {
      if (!(error instanceof PermitsMisjudged)) throw error;
      deps.metrics.conflict();
    }
  }
}

/** Directly when it touches no queue and no run has moved, else under locks. */
async function commitOnce(deps: CommitDeps, batch: Batch, outbox: Outbox): Promise<Committed> {
  const permits = permitAskOf(batch);
  if (!needsQueue(batch)) {
    if (permits !== undefined) return commitLocked(deps, batch, outbox, permits);
    const direct = await tryDirect(deps, batch, outbox);
    if (direct !== undefined) return direct;
    deps.metrics.conflict();
    return commitLocked(deps, batch, outbox);
  }
  const leave = deps.queues.enter(batch);
  try {
    const assumed = permits === undefined ? await tryAssumed(deps, batch, outbox) : undefined;
    return assumed ?? (await commitLocked(deps, batch, outbox, permits));
  } finally {
    leave();
  }
}

/** With queue rows that this replica remembers, a batch needs no look before it commits. */
async function tryAssumed(deps: CommitDeps, batch: Batch, outbox: Outbox): Promise<Committed | undefined> {
  const remembered = deps.queues.assumedFor(batch);
  if (remembered === undefined) return undefined;
  const assembly = emptyAssembly(batch.at);
  try {
    for (const work of batch.runs) addRun(assembly, work, deps.room);
    applyQueues(assembly, batch, remembered.locked, deps);
  } catch (error) {
    returnRoom(deps, assembly);
    throw error;
  }
  if (assembly.rows.endAll.length + assembly.rows.unblocks.length === 0) {
    outbox.seal(assembly, batch.id);
    const write = deps.store.commitDirect(assembly.rows, remembered.assumed);
    const outcome = await settleUnknown(deps, batch, assembly, outbox, write, 'committed');
    if (outcome === 'committed') return remember(deps, { assembly, moved: [], counts: NO_COUNTS });
    deps.queues.forget(batch);
  }
  returnRoom(deps, assembly);
  return undefined;
}

function remember(deps: CommitDeps, committed: Committed): Committed {
  deps.queues.remember(committed.assembly.rows.queues);
  return committed;
}

async function tryDirect(deps: CommitDeps, batch: Batch, outbox: Outbox): Promise<Committed | undefined> {
  const assembly = emptyAssembly(batch.at);
  for (const work of batch.runs) addRun(assembly, work, deps.room);
  const committed = { assembly, moved: [], counts: NO_COUNTS };
  if (batch.runs.length === 0) return committed;
  outbox.seal(assembly, batch.id);
  const write = deps.store.commitDirect(assembly.rows);
  const outcome = await settleUnknown(deps, batch, assembly, outbox, write, 'committed');
  if (outcome === 'committed') return committed;
  returnRoom(deps, assembly);
  return undefined;
}

async function commitLocked(deps: CommitDeps, batch: Batch, outbox: Outbox, permits?: PermitAsk): Promise<Committed> {
  const request = { ...lockRequestOf(batch), permits };
  const transaction = await deps.store.begin(request);
  const assembly = emptyAssembly(batch.at);
  const { locked } = transaction;
  try {
    const moved = batch.runs.filter((work) => !locked.runs.has(work.runKey));
    const runs = batch.runs.filter((work) => !moved.includes(work));
    if (locked.permits !== undefined) openPermits(assembly, runs, locked.permits);
    for (const work of runs) addRun(assembly, work, deps.room);
    applyQueues(assembly, batch, locked, deps);
    assembly.rows.permits = assembly.permits?.changes();
    outbox.seal(assembly, batch.id);
    const counts = await settleUnknown(deps, batch, assembly, outbox, transaction.commit(assembly.rows), NO_COUNTS);
    return remember(deps, { assembly, moved, counts });
  } catch (error) {
    returnRoom(deps, assembly);
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
}

/** A connection that broke during the commit leaves its outcome open: the batch's own outbox row tells. */
async function settleUnknown<T>(
  deps: CommitDeps,
  batch: Batch,
  assembly: Assembly,
  outbox: Outbox,
  write: Promise<T>,
  done: T,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const unknown = isConnectionError(error) && assembly.rows.outbox !== undefined;
    if (unknown) {
      if (await askUntilKnown(deps, batch.id)) return done;
      outbox.forestalled(batch.id, deps.now());
    }
    returnRoom(deps, assembly);
    throw error;
  }
}

/** Postgres may still be away: nothing else can be committed meanwhile, so it is asked until it answers. */
async function askUntilKnown(deps: CommitDeps, batchId: bigint): Promise<boolean> {
  for (;;) {
    try {
      return await deps.store.wasCommitted(batchId, deps.replicaId);
    } catch (error) {
      if (!isTransient(error)) throw error;
      await rest(deps.timing, ASK_AGAIN_MS);
    }
  }
}

function returnRoom(deps: CommitDeps, assembly: Assembly): void {
  for (const pool of assembly.takenRoom.splice(0)) deps.room.give(pool);
}

/** isTransient says whether trying the same batch again may help: locks, deadlocks, a database that is away. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  return (
    isConnectionError(error) ||
    state === SQLSTATE.lockNotAvailable ||
    state === SQLSTATE.deadlockDetected ||
    state === SQLSTATE.serializationFailure
  );
}
