import type { Millis, SignalInstance } from '@maestro/domain';
import { pipeline } from '@maestro/postgres';
import { matchesSignal, offeredText } from '@maestro/signal-match';
import type { PoolClient } from 'pg';
import type { MatchedWait } from '../../ports/waits.js';
import { groupBy } from '../../ports/group-by.js';
import type { ShapeRow } from './signal-shape.js';
import { readMatches, selectCandidates, updateMatched, type CandidateRow, type Offer } from './wait.js';

/** offersOf is what new signals look up: their values of each shape that anybody compares for equality. */
export function offersOf(signals: readonly SignalInstance[], shapes: readonly ShapeRow[]): readonly Offer[] {
  const byName = groupBy(shapes, ({ name }) => name);
  return signals.flatMap(({ name, params }, announced) =>
    (byName.get(name) ?? []).flatMap(({ shape }) => {
      const text = offeredText(shape, params);
      return text === undefined ? [] : [{ announced, name, shape, text }];
    }),
  );
}

/** freeWaits frees what waits for the new signals, each wait by the first that matches; in the transaction that stores them. */
export async function freeWaits(
  client: PoolClient,
  signals: readonly SignalInstance[],
  offers: readonly Offer[],
  now: Millis,
): Promise<readonly MatchedWait[]> {
  if (offers.length === 0) return [];
  const [{ rows }] = await pipeline(client, [selectCandidates(offers)]);
  const freed = new Map<string, MatchedWait>();
  for (const row of rows) {
    const signal = signals[row.announced];
    const key = `${row.run_key}/${row.ordinal}/${row.attempt}/${row.position}`;
    if (signal === undefined || freed.has(key) || !isFreed(row, signal)) continue;
    freed.set(key, matchedOf(row, signal));
  }
  const matched = [...freed.values()];
  if (matched.length > 0) {
    const rowsOf = matched.map(({ signalId, ...wait }) => ({ ...wait, seqId: signalId }));
    await pipeline(client, [updateMatched(rowsOf, now, false)]);
  }
  return matched;
}

function isFreed({ matches, since }: CandidateRow, { params, createTime }: SignalInstance): boolean {
  const wanted = { matchParams: readMatches(matches), since: since === null ? undefined : Number(since) };
  return matchesSignal(wanted, params, createTime);
}

function matchedOf(row: CandidateRow, { seqId, params }: SignalInstance): MatchedWait {
  const { run_key: runKey, ordinal, attempt, position, replica_id: replicaId } = row;
  return { runKey, ordinal, attempt, position, replicaId, signalId: seqId, params };
}
