import type { SignalParams } from '@maestro/domain';
import { pipeline, query, transaction } from '@maestro/postgres';
import { shapeOf } from '@maestro/signal-match';
import { parseExactJson } from '@maestro/wire';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../ports/clock.js';
import type { Match, MatchedWait, WaitAsk, Waits } from '../../ports/waits.js';
import { byBytes } from './by-bytes.js';
import { findAnnounced } from './find-announced.js';
import { groupBy } from '../../ports/group-by.js';
import { signalOf } from './signal-instance.js';
import { insertNames, lockNames } from './signal-name.js';
import { insertConsumers } from './signal-consumer.js';
import { insertShapes } from './signal-shape.js';
import {
  deleteOpen,
  insertWaits,
  selectMatchedOf,
  selectUndelivered,
  updateDelivered,
  updateMatched,
  type Freed,
  type MatchedRow,
  type OpenWait,
} from './wait.js';

/** postgresWaits keeps waits under the locks of their signals' names, so that a wait and an announcement that cross never miss each other. */
export function postgresWaits({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Waits {
  return {
    open: (asks) => transaction(pool, (client) => openIn(client, clock, asks)),
    close: async (keys) => void (await query(pool, [deleteOpen(keys)])),
    undelivered: async (olderThanMs, limit) => {
      const [{ rows }] = await query(pool, [selectUndelivered(clock.now() - olderThanMs, limit)]);
      return rows.map(matchedOf);
    },
    delivered: async (matches) => void (await query(pool, [updateDelivered(matches)])),
  };
}

async function openIn(
  client: PoolClient,
  clock: Clock,
  asks: readonly WaitAsk[],
): Promise<readonly (readonly Match[])[]> {
  const waits = asks.flatMap(waitsOf);
  const names = [...new Set(waits.map(({ dependency }) => dependency.name))].sort(byBytes);
  const shapes = waits.map(({ dependency: { name, matchParams } }) => ({ name, shape: shapeOf(matchParams) }));
  const consumers = waits.map(({ ask, dependency: { name } }) => ({ name, workflowId: ask.step.workflowId }));
  // First the locks, then the waits, then a look at what was announced: an announcement does it the other way around.
  const [, , , , , known] = await pipeline(client, [
    insertNames(names),
    lockNames(names),
    insertShapes(shapes),
    insertConsumers(consumers),
    insertWaits(waits, clock.now()),
    selectMatchedOf(asks),
  ]);
  const matched = known.rows.map(matchedOf);
  const isKnown = new Set(matched.map(placeOf));
  const open = waits.filter(({ ask, position }) => !isKnown.has(placeOf({ ...ask, position })));
  const found = await findIn(client, clock, open);
  const all = groupBy([...matched, ...found], attemptOf);
  return asks.map((ask) => all.get(attemptOf(ask)) ?? []);
}

function waitsOf(ask: WaitAsk): readonly OpenWait[] {
  return ask.dependencies
    .map((dependency, position) => ({ ask, position, dependency }))
    .filter(({ dependency }) => dependency.status === 'PENDING');
}

/** What was announced before frees the wait at once. */
async function findIn(client: PoolClient, clock: Clock, open: readonly OpenWait[]): Promise<readonly MatchedWait[]> {
  if (open.length === 0) return [];
  const found = await pipeline(
    client,
    open.map(({ dependency }) => findAnnounced(dependency)),
  );
  const matched = open.flatMap(({ ask, position }, index): readonly MatchedWait[] => {
    const row = found[index]?.rows[0];
    if (row === undefined) return [];
    const { seqId, params } = signalOf(row);
    const { runKey, ordinal, attempt, replicaId } = ask;
    return [{ runKey, ordinal, attempt, replicaId, position, signalId: seqId, params }];
  });
  const freed = matched.map(({ signalId, ...wait }): Freed => ({ ...wait, seqId: signalId }));
  if (freed.length > 0) await pipeline(client, [updateMatched(freed, clock.now(), true)]);
  return matched;
}

function matchedOf(row: MatchedRow): MatchedWait {
  const { run_key: runKey, ordinal, attempt, position, replica_id: replicaId, seq_id: signalId } = row;
  const params = parseExactJson(row.params) as SignalParams;
  return { runKey, ordinal, attempt, position, replicaId, signalId, params };
}

type Attempt = Pick<MatchedWait, 'runKey' | 'ordinal' | 'attempt'>;

function attemptOf({ runKey, ordinal, attempt }: Attempt): string {
  return `${runKey}/${ordinal}/${attempt}`;
}

function placeOf(place: Attempt & { readonly position: number }): string {
  return `${attemptOf(place)}/${place.position}`;
}
