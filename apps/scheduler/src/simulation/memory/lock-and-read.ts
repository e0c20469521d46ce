import type { WorkflowKey } from '@maestro/domain';
import { WAITERS_AT_ONCE } from '../../permits/permit-ledger.js';
import type { Locked, LockRequest, RequestKey } from '../../ports/run-store.js';
import type { LockedPermits, PermitAsk, PermitRow, TagKey } from '../../rows/permit-rows.js';
import type { InstanceRun, QueueEntry, QueueRow } from '../../rows/queue-row.js';
import { queueLock, runLock, tagLock } from './locks.js';
import { keyOf, type Tables } from './tables.js';
import { isOf, seedTags } from './write-permits.js';

/** locksOf are the rows that a transaction locks before it reads. */
export function locksOf(tables: Tables, request: LockRequest): string[] {
  const { seeds, workflowKeys, permits, runs } = request;
  const queues = [...workflowKeys, ...seeds.map(({ workflowKey }) => workflowKey)].map(queueLock);
  const tags = permits === undefined ? [] : [...linkedTags(tables, permits.tags), ...permits.seeds].map(tagLock);
  return [...queues, ...tags, ...runs.map(({ runKey }) => runLock(runKey))];
}

/** readLocked reads what is decided on under the locks; queue rows that are missing are made of their seeds. */
export function readLocked(tables: Tables, request: LockRequest): Locked {
  seedQueues(tables, request.seeds);
  const queues = new Map<WorkflowKey, QueueRow>();
  for (const key of request.workflowKeys) {
    const row = tables.queues.get(key);
    if (row !== undefined) queues.set(key, row);
  }
  return {
    queues,
    requests: findRequests(tables, request.requests),
    heads: request.heads.flatMap(({ workflowKey, count }) => headsOf(tables, workflowKey, count)),
    ...(request.permits === undefined ? {} : { permits: readPermits(tables, request.permits) }),
    runs: new Set(
      request.runs.filter(({ runKey, ver }) => tables.runs.get(runKey)?.ver === ver).map(({ runKey }) => runKey),
    ),
  };
}

/** A re-created workflow id goes on where its former incarnation ended. */
function seedQueues(tables: Tables, seeds: readonly QueueRow[]): void {
  for (const seed of seeds) {
    if (tables.queues.has(seed.workflowKey)) continue;
    const former = [...tables.queues.values()].filter(({ workflowId }) => workflowId === seed.workflowId);
    const nextInstance = former.reduce((most, row) => (row.nextInstance > most ? row.nextInstance : most), 1n);
    const counts = { running: 0, queued: 0, blockingFailed: 0, paused: false, closed: false };
    tables.queues.set(seed.workflowKey, { ...seed, ...counts, nextInstance });
  }
}

/** findRequests are the runs that requests have made, and those in the places of restarts. */
export function findRequests(tables: Tables, requests: readonly RequestKey[]): InstanceRun[] {
  const found = new Set<InstanceRun>();
  for (const { workflowKey, requestId, place } of requests) {
    const made = tables.requests.get(keyOf(workflowKey, requestId));
    if (made !== undefined) found.add(made);
    const there = place && tables.instanceRuns.get(keyOf(workflowKey, place.instanceId, place.runId));
    if (there !== undefined) found.add(there);
  }
  return [...found];
}

function headsOf(tables: Tables, workflowKey: WorkflowKey, count: number): QueueEntry[] {
  return [...tables.entries.values()]
    .filter((entry) => entry.workflowKey === workflowKey)
    .sort((a, b) => Number(a.instanceId - b.instanceId) || Number(a.runId - b.runId))
    .slice(0, count);
}

/** The tags asked for, and what the first who wait for those need besides. */
function linkedTags(tables: Tables, asked: readonly TagKey[]): TagKey[] {
  const linked = new Map(asked.map((tag) => [keyOf(tag.tenant, tag.name), tag]));
  for (const tag of asked)
    for (const { tags } of waitersOf(tables, tag).slice(0, WAITERS_AT_ONCE))
      for (const name of tags) linked.set(keyOf(tag.tenant, name), { tenant: tag.tenant, name });
  return [...linked.values()];
}

function waitersOf(tables: Tables, { tenant, name }: TagKey): PermitRow[] {
  return [...tables.permits.values()]
    .filter((row) => row.tenant === tenant && row.tag === name && !row.granted)
    .sort((a, b) => a.priority - b.priority || Number(a.seq - b.seq));
}

/** readPermits reads tags and permits as the ledger needs them. */
export function readPermits(tables: Tables, ask: PermitAsk): LockedPermits {
  seedTags(tables, ask.seeds);
  const tags = linkedTags(tables, ask.tags).flatMap(({ tenant, name }) => tables.tags.get(keyOf(tenant, name)) ?? []);
  const waiting = tags.flatMap((tag) => {
    const room = tag.limit === undefined ? WAITERS_AT_ONCE : tag.limit - tag.held;
    const count = Math.min(WAITERS_AT_ONCE, Math.max(0, room) + ask.released.length);
    return waitersOf(tables, tag).slice(0, count);
  });
  const released = [...tables.permits.values()].filter((row) => ask.released.some((attempt) => isOf(row, attempt)));
  const seqs = Array.from({ length: ask.requests }, () => tables.permitSerial());
  return { tags, waiting, released, seqs };
}
