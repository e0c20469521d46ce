import type { Millis, SignalInstance } from '@maestro/domain';
import { pipeline } from '@maestro/postgres';
import { joinText, matchesSignal } from '@maestro/signal-match';
import { parseExactJson } from '@maestro/wire';
import type { PoolClient } from 'pg';
import { groupBy } from '../../ports/group-by.js';
import {
  deleteCandidates,
  insertCandidates,
  selectOldest,
  type Candidate,
  type CandidateRow,
} from './trigger-candidate.js';
import { insertMatches, type NewMatch } from './trigger-match.js';
import { insertUsed } from './trigger-match-signal.js';
import { selectHits, type HitRow } from './trigger-signal.js';
import { readMatches, type Offer } from './wait.js';

/**
 * fireTriggers fires what the new signals complete, in the transaction that stores them; answers how many fired. A trigger of one signal
 * fires with each. A join gathers signals by its keys, and uses each once, the oldest first. `only`: no other triggers than these.
 */
export async function fireTriggers(
  client: PoolClient,
  signals: readonly SignalInstance[],
  offers: readonly Offer[],
  now: Millis,
  only?: readonly bigint[],
): Promise<number> {
  if (offers.length === 0) return 0;
  const [{ rows }] = await pipeline(client, [selectHits(offers, only)]);
  const hits = rows.flatMap((hit): readonly Hit[] => {
    const signal = signals[hit.announced];
    return signal !== undefined && isHit(hit, signal) ? [{ hit, signal }] : [];
  });
  const alone = hits.filter(({ hit }) => hit.signals === 1).map(({ hit, signal }) => matchOf(hit, [signal]));
  const joined = await join(
    client,
    hits.filter(({ hit }) => hit.signals > 1),
  );
  const fired = [...alone, ...joined];
  await store(client, fired, now);
  return fired.length;
}

async function store(client: PoolClient, fired: readonly NewMatch[], now: Millis): Promise<void> {
  if (fired.length === 0) return;
  const [{ rows }] = await pipeline(client, [insertMatches(fired, now)]);
  const matches = rows.flatMap(({ match_id: matchId }, index) => {
    const signals = fired[index]?.signals;
    return signals === undefined ? [] : [{ matchId, signals }];
  });
  await pipeline(client, [insertUsed(matches)]);
}

interface Hit {
  readonly hit: HitRow;
  readonly signal: SignalInstance;
}

function isHit({ matches }: HitRow, { params, createTime }: SignalInstance): boolean {
  return matchesSignal({ matchParams: readMatches(matches) }, params, createTime);
}

type Named = Pick<SignalInstance, 'name' | 'seqId' | 'params'>;

function matchOf({ workflow_id, uuid, tenant, definition }: HitRow, signals: readonly Named[]): NewMatch {
  const byName = signals.map(({ name, seqId, params }) => [name, { seqId, params }] as const);
  return { workflow_id, uuid, tenant, definition, signals: Object.fromEntries(byName) };
}

/** Adds the signals to their joins and fires those that are complete. A signal without one of the keys joins with nothing. */
async function join(client: PoolClient, hits: readonly Hit[]): Promise<readonly NewMatch[]> {
  const candidates = hits.flatMap(({ hit, signal: { name, seqId, params } }): readonly Candidate[] => {
    const text = joinText(JSON.parse(hit.join_keys) as readonly string[], params);
    return text === undefined ? [] : [{ triggerKey: hit.trigger_key, joinText: text, name, seqId, params }];
  });
  if (candidates.length === 0) return [];
  const joins = [...new Map(candidates.map((each) => [keyOf(each), each])).values()];
  const [, { rows }] = await pipeline(client, [insertCandidates(candidates), selectOldest(joins)]);
  const triggers = new Map(hits.map(({ hit }) => [hit.trigger_key, hit]));
  const sets = [...groupBy(rows, joinOf).values()].flatMap((group) => completeSets(group, triggers));
  const used = sets.flatMap(({ rows: each }) => each);
  if (used.length > 0) await pipeline(client, [deleteCandidates(used.map(candidateOf))]);
  return sets.map(({ hit, rows: each }) => matchOf(hit, each.map(candidateOf)));
}

interface CompleteSet {
  readonly hit: HitRow;
  readonly rows: readonly CandidateRow[];
}

/** As many sets as there are of the signal that there is least of; each takes the oldest of every name. */
function completeSets(group: readonly CandidateRow[], triggers: ReadonlyMap<bigint, HitRow>): readonly CompleteSet[] {
  const [first] = group;
  const hit = first === undefined ? undefined : triggers.get(first.trigger_key);
  const byName = [...groupBy(group, ({ name }) => name).values()];
  if (hit === undefined || byName.length < hit.signals) return [];
  const count = Math.min(...byName.map(({ length }) => length));
  return Array.from({ length: count }, (_, at) => ({ hit, rows: byName.flatMap((rows) => rows.slice(at, at + 1)) }));
}

function candidateOf({ trigger_key, join_text, name, seq_id, params }: CandidateRow): Candidate {
  const read = parseExactJson(params) as Candidate['params'];
  return { triggerKey: trigger_key, joinText: join_text, name, seqId: seq_id, params: read };
}

function keyOf({ triggerKey, joinText: text }: Candidate): string {
  return `${triggerKey}/${text}`;
}

function joinOf({ trigger_key, join_text }: CandidateRow): string {
  return `${trigger_key}/${join_text}`;
}
