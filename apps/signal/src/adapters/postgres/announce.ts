import type { Millis, SignalInstance } from '@maestro/domain';
import { pipeline, transaction } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import type { Announced, AnnouncedBatch, Announcement, SignalKey } from '../../ports/announcement.js';
import type { Announcements } from '../../ports/announcements.js';
import type { Clock } from '../../ports/clock.js';
import { byBytes } from './by-bytes.js';
import { fireTriggers } from './fire-triggers.js';
import { freeWaits, offersOf } from './free-waits.js';
import { deleteOutbox, insertOutbox } from './outbox.js';
import { insertSignals, selectKnown, signalOf, type Numbered, type SignalRow } from './signal-instance.js';
import { insertNames, lockNames, updateNames } from './signal-name.js';
import { insertParams } from './signal-param.js';
import { insertProducers } from './signal-producer.js';
import { selectShapes } from './signal-shape.js';

export interface AnnouncementsOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** For how long the same content, announced without a request id, is the same announcement; milliseconds. */
  readonly dedupWindowMs: number;
}

/** postgresAnnouncements stores a batch under the locks of its names, taken in their order, and frees what waits for it. */
export function postgresAnnouncements(options: AnnouncementsOptions): Announcements {
  return {
    announce: (batch, published) =>
      transaction(options.pool, (client) => announceIn(client, options, batch, published)),
  };
}

async function announceIn(
  client: PoolClient,
  { clock, dedupWindowMs }: AnnouncementsOptions,
  batch: readonly Announcement[],
  published: readonly SignalKey[],
): Promise<AnnouncedBatch> {
  const names = [...new Set(batch.map(({ name }) => name))].sort(byBytes);
  const now = clock.now();
  // Known ones and who waits are looked up behind the lock: what another batch committed before it is seen.
  const [, locked, known, shapes] = await pipeline(client, [
    insertNames(names),
    lockNames(names),
    selectKnown(batch, now - dedupWindowMs),
    selectShapes(names),
  ]);
  const latest = new Map(locked.rows.map((row) => [row.name, row.last_seq]));
  const { answers, added } = number(batch, latest, known.rows, now);
  const signals = answers.filter(({ duplicate }) => !duplicate).map(({ signal }) => signal);
  await pipeline(client, writesOf(added, signals, latest, published, now));
  const offers = offersOf(signals, shapes.rows);
  const matched = await freeWaits(client, signals, offers, now);
  return { answers, matched, fired: await fireTriggers(client, signals, offers, now) };
}

function writesOf(
  added: readonly Numbered[],
  signals: readonly SignalInstance[],
  latest: ReadonlyMap<string, bigint>,
  published: readonly SignalKey[],
  now: Millis,
) {
  const removed = published.length === 0 ? [] : [deleteOutbox(published)];
  if (added.length === 0) return removed;
  const params = signals.some((each) => Object.keys(each.params).length > 0) ? [insertParams(signals)] : [];
  const producers = signals.flatMap(({ name, source }) =>
    source === undefined ? [] : [{ name, workflowId: source.workflowId }],
  );
  const ends = producers.length > 0 ? [insertProducers(producers)] : [];
  return [insertSignals(added, now), updateNames(latest), insertOutbox(signals, now), ...params, ...ends, ...removed];
}

/** number gives each new announcement the next number of its name; `latest` follows. */
function number(
  batch: readonly Announcement[],
  latest: Map<string, bigint>,
  known: readonly SignalRow[],
  now: Millis,
): { readonly answers: readonly Announced[]; readonly added: readonly Numbered[] } {
  const stored = new Map(known.map((row) => [keyOf(row.name, row.content_key ?? row.instance_id), signalOf(row)]));
  const answers: Announced[] = [];
  const added: Numbered[] = [];
  for (const announcement of batch) {
    const { name, instanceId, contentKey } = announcement;
    const key = keyOf(name, contentKey ?? instanceId);
    const before = stored.get(key);
    const seqId = (latest.get(name) ?? 0n) + 1n;
    const signal = before ?? instanceOf(announcement, seqId, now);
    answers.push({ signal, duplicate: before !== undefined });
    if (before !== undefined) continue;
    stored.set(key, signal);
    latest.set(name, seqId);
    added.push({ announcement, seqId, instanceId: signal.instanceId });
  }
  return { answers, added };
}

/** Content that was announced before the window is another instance: its number tells it apart. */
function instanceOf(announcement: Announcement, seqId: bigint, now: Millis): SignalInstance {
  const { name, instanceId, contentKey, params, payload, requestTime = now, source } = announcement;
  return {
    name,
    seqId,
    instanceId: contentKey === undefined ? instanceId : `${contentKey}-${seqId}`,
    params,
    payload: payload as SignalInstance['payload'],
    requestTime,
    createTime: now,
    ...(source === undefined ? {} : { source }),
  };
}

function keyOf(name: string, instanceId: string): string {
  return JSON.stringify([name, instanceId]);
}
