import type { SignalInstance } from '@maestro/domain';
import { pipeline, transaction } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import type { Announced, Announcement, SignalKey } from '../../ports/announcement.js';
import type { Announcements } from '../../ports/announcements.js';
import type { Clock } from '../../ports/clock.js';
import { deleteOutbox, insertOutbox } from './outbox.js';
import { insertSignals, selectKnown, signalOf, type Numbered } from './signal-instance.js';
import { insertNames, lockNames, updateNames } from './signal-name.js';

/** postgresAnnouncements stores a batch under the locks of its names, taken in their order. */
export function postgresAnnouncements({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Announcements {
  return {
    announce: (batch, published) => transaction(pool, (client) => announceIn(client, clock, batch, published)),
  };
}

async function announceIn(
  client: PoolClient,
  clock: Clock,
  batch: readonly Announcement[],
  published: readonly SignalKey[],
): Promise<readonly Announced[]> {
  const names = [...new Set(batch.map(({ name }) => name))].sort(byBytes);
  // Known ones are looked up behind the lock: what another batch committed before it is seen.
  const [, locked, known] = await pipeline(client, [insertNames(names), lockNames(names), selectKnown(batch)]);
  const latest = new Map(locked.rows.map((row) => [row.name, row.last_seq]));
  const stored = new Map(known.rows.map((row) => [keyOf(row.name, row.instance_id), signalOf(row)]));
  const now = clock.now();
  const answers: Announced[] = [];
  const added: Numbered[] = [];
  for (const announcement of batch) {
    const key = keyOf(announcement.name, announcement.instanceId);
    const before = stored.get(key);
    const signal = before ?? instanceOf(announcement, (latest.get(announcement.name) ?? 0n) + 1n, now);
    answers.push({ signal, duplicate: before !== undefined });
    if (before !== undefined) continue;
    stored.set(key, signal);
    latest.set(signal.name, signal.seqId);
    added.push({ announcement, seqId: signal.seqId });
  }
  const keys = added.map(({ announcement, seqId }) => ({ name: announcement.name, seqId }));
  const writes = added.length === 0 ? [] : [insertSignals(added, now), updateNames(latest), insertOutbox(keys, now)];
  await pipeline(client, published.length === 0 ? writes : [...writes, deleteOutbox(published)]);
  return answers;
}

function instanceOf(announcement: Announcement, seqId: bigint, now: number): SignalInstance {
  const { name, instanceId, params, payload, requestTime = now } = announcement;
  return {
    name,
    seqId,
    instanceId,
    params,
    payload: payload as SignalInstance['payload'],
    requestTime,
    createTime: now,
  };
}

function keyOf(name: string, instanceId: string): string {
  return JSON.stringify([name, instanceId]);
}

/** The order of collation "C", which names (ASCII only) have in JavaScript, too. */
function byBytes(left: string, right: string): number {
  return left < right ? -1 : 1;
}
