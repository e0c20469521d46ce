import { fromBinary } from '@bufbuild/protobuf';
import type { EngineEvent } from '@maestro/engine';
import { OutboxBatchSchema, type OutboxMessage } from '@maestro/proto/maestro/scheduler/v1/outbox';
import { parseExactJson } from '@maestro/wire';
import { grantedEvent } from '../../permits/granted-event.js';
import type { LimitedTag } from '../../permits/limited-tags.js';
import { PermitLedger } from '../../permits/permit-ledger.js';
import type { Admitted, PermitStore } from '../../ports/permit-store.js';
import type { DueRun, PendingAction } from '../../ports/wakeup-store.js';
import type { AttemptRow } from '../../rows/batch-rows.js';
import type { TagKey } from '../../rows/permit-rows.js';
import { readPermits } from './lock-and-read.js';
import { tagLock, type Locks } from './locks.js';
import { keyOf, type Tables } from './tables.js';
import { leave } from './write-batch.js';
import { dropIdle, writePermits } from './write-permits.js';

/** due is what is due in these shards up to a time, earliest first. */
export function due(tables: Tables, shards: readonly number[], until: number, limit: number): DueRun[] {
  const held = new Set(shards);
  return [...tables.wakeups.values()]
    .filter(({ shard, dueAt }) => held.has(shard) && dueAt <= until)
    .sort((left, right) => left.dueAt - right.dueAt)
    .slice(0, limit)
    .map(({ runKey, dueAt }) => ({ runKey, dueAt }));
}

/** pendingActions are the events left for runs, in the order in which they were left. */
export function pendingActions(tables: Tables, runKeys: readonly bigint[]): PendingAction[] {
  const asked = new Set(runKeys);
  return [...tables.pending.values()]
    .filter(({ runKey }) => asked.has(runKey))
    .map(({ runKey, id, event }) => ({ runKey, id, event: parseExactJson(event) as unknown as EngineEvent }));
}

/** unpark frees a run; answers the events that had waited. */
export function unpark(tables: Tables, runKey: bigint): EngineEvent[] {
  const row = tables.runs.get(runKey);
  if (row !== undefined) tables.runs.set(runKey, { ...row, parked_reason: null, ver: row.ver + 1 });
  const waiting = [...tables.parked.values()].filter((event) => event.runKey === runKey);
  for (const { id } of waiting) tables.parked.delete(id);
  return waiting.map(({ event }) => parseExactJson(event) as unknown as EngineEvent);
}

/** readyPools are the pools that attempts wait for; oldestReady those of one of them that waited longest, in turns between tenants. */
export function readyPools(tables: Tables): string[] {
  return [...new Set([...tables.ready.values()].map(({ pool }) => pool))].sort();
}

export function oldestReady(tables: Tables, pool: string, limit: number): AttemptRow[] {
  const turns = new Map<string, number>();
  const ready = [...tables.ready.values()].filter((row) => row.pool === pool).sort((a, b) => a.since - b.since);
  const placed = ready.slice(0, limit * 4).map((row) => {
    const turn = (turns.get(row.tenant) ?? 0) + 1;
    turns.set(row.tenant, turn);
    return { row, turn };
  });
  placed.sort((a, b) => a.turn - b.turn || a.row.since - b.row.since);
  return placed
    .slice(0, limit)
    .map(({ row: { runKey, ordinal, attempt, dispatch } }) => ({ runKey, ordinal, attempt, dispatch }));
}

/** waitingQueues are workflows with runs that wait although their limit leaves room. */
export function waitingQueues(tables: Tables): bigint[] {
  return [...tables.queues.values()]
    .filter(
      ({ queued, running, concurrency, paused, closed }) => queued > 0 && running < concurrency && !paused && !closed,
    )
    .map(({ workflowKey }) => workflowKey);
}

const RELAY_BATCHES = 50;

/** lapsedOutbox are rows of writers that are gone, and what of their messages is still open. */
export function lapsedOutbox(
  tables: Tables,
  isGone: (replicaId: string) => boolean,
  isFree: (batchId: bigint) => boolean,
): { readonly batchIds: readonly bigint[]; readonly open: readonly OutboxMessage[]; readonly more: boolean } {
  const lapsed = [...tables.outbox.values()].filter(
    ({ writer, batchId }) => isGone(writer.replace(/^!/, '')) && isFree(batchId),
  );
  const rows = lapsed.slice(0, RELAY_BATCHES);
  const messages = rows.flatMap((row) => fromBinary(OutboxBatchSchema, row.messages).messages);
  const open = messages.filter(({ runKey, ordinal, attempt, dispatch }) => {
    const step = tables.steps.get(runKey)?.get(keyOf(ordinal, attempt));
    return step?.dispatch === dispatch && (step.status === 'STARTING' || step.status === 'RUNNING');
  });
  return { batchIds: rows.map(({ batchId }) => batchId), open, more: rows.length === RELAY_BATCHES };
}

/** limitedTags are all limits that people have set, unless nothing has changed since a revision. */
export function limitedTags(tables: Tables, since: bigint): Awaited<ReturnType<PermitStore['limited']>> {
  if (tables.permitRevision === since) return undefined;
  return {
    revision: tables.permitRevision,
    tags: [...tables.tags.values()].flatMap(({ tenant, name, kind, limit }) =>
      kind === 'INSTANCE' || limit === undefined ? [] : [{ tenant, name, kind, limit }],
    ),
  };
}

/** setLimit sets the limit of a tag, or takes it away. */
export function setLimit(tables: Tables, locks: Locks, { tenant, name, limit }: LimitedTag): void {
  locks.check([tagLock({ tenant, name })]);
  const key = keyOf(tenant, name);
  const known = tables.tags.get(key);
  if (limit !== undefined) tables.tags.set(key, { tenant, name, kind: 'TAG', limit, held: known?.held ?? 0 });
  else if (known !== undefined) {
    tables.tags.set(key, { ...known, limit: undefined });
    dropIdle(tables, [{ tenant, name }]);
  }
  tables.permitRevision += 1n;
}

/** tagsWithRoom are tags with somebody who waits although there is room. */
export function tagsWithRoom(tables: Tables): TagKey[] {
  return [...tables.tags.values()]
    .filter(({ limit, held }) => limit === undefined || held < limit)
    .filter(({ tenant, name }) =>
      [...tables.permits.values()].some((permit) => permit.tenant === tenant && permit.tag === name && !permit.granted),
    )
    .slice(0, 20)
    .map(({ tenant, name }) => ({ tenant, name }));
}

/** admitWaiting grants to those who wait for these tags, as far as there is room. */
export function admitWaiting(tables: Tables, locks: Locks, tags: readonly TagKey[], at: number): Admitted {
  const locked = readPermits(tables, { at, tags, seeds: [], released: [], requests: 0 });
  locks.check(locked.tags.map(tagLock));
  const ledger = new PermitLedger(locked, at);
  ledger.admit();
  writePermits(tables, ledger.changes());
  leave(
    tables,
    ledger.admitted.map((waiter) => ({ runKey: waiter.runKey, event: grantedEvent(waiter, at) })),
  );
  return { told: ledger.admitted.map(({ runKey }) => runKey), incomplete: ledger.incomplete };
}
