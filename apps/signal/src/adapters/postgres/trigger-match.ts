import type { JsonObject, Millis, SignalParams, SignalTrigger } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Fired, MatchedSignals, Settled } from '../../ports/triggers.js';
import { lookupNumber } from './lookup-number.js';
import type { Offer } from './wait.js';

/** HitRow is a trigger that one new signal matches by its equalities. */
export interface HitRow {
  readonly announced: number;
  readonly trigger_key: bigint;
  readonly workflow_id: string;
  readonly uuid: string;
  readonly tenant: string;
  readonly definition: string;
  readonly signals: number;
  readonly name: string;
  readonly matches: string;
  readonly join_keys: string;
}

/** selectHits finds triggers that the announcements may fire, and locks them in the order of their keys. */
export function selectHits(offers: readonly Offer[]): Statement<HitRow> {
  return {
    name: 'select-trigger-hits',
    text: `select q.announced, t.trigger_key, t.workflow_id, t.uuid, t.tenant, t.definition, t.signals, s.name, s.matches, s.join_keys
      from unnest($1::int4[], $2::text[], $3::text[], $4::int8[]) q (announced, name, shape, lookup)
      join trigger_signal s on s.name = q.name collate "C" and s.shape = q.shape collate "C" and s.lookup = q.lookup
      join trigger t on t.trigger_key = s.trigger_key
      order by t.trigger_key, q.announced for no key update of t`,
    values: [
      offers.map(({ announced }) => announced),
      offers.map(({ name }) => name),
      offers.map(({ shape }) => shape),
      offers.map(({ text }) => lookupNumber(text)),
    ],
  };
}

/** Candidate is a signal that a join has. */
export interface Candidate {
  readonly triggerKey: bigint;
  readonly joinText: string;
  readonly name: string;
  readonly seqId: bigint;
  readonly params: SignalParams;
}

export function insertCandidates(candidates: readonly Candidate[]): Statement {
  return {
    name: 'insert-trigger-candidates',
    text: `insert into trigger_candidate (trigger_key, join_text, name, seq_id, params)
      select * from unnest($1::int8[], $2::text[], $3::text[], $4::int8[], $5::json[]) on conflict do nothing`,
    values: [
      candidates.map(({ triggerKey }) => triggerKey),
      candidates.map(({ joinText }) => joinText),
      candidates.map(({ name }) => name),
      candidates.map(({ seqId }) => seqId),
      candidates.map(({ params }) => exactJsonText(params)),
    ],
  };
}

/** CandidateRow is a row of `trigger_candidate`. */
export interface CandidateRow {
  readonly trigger_key: bigint;
  readonly join_text: string;
  readonly name: string;
  readonly seq_id: bigint;
  readonly params: string;
}

/** How many of each signal are looked at: more of them fire with the next announcement. */
const OLDEST = 300;

/** selectOldest gives of each join the oldest signals of each name. */
export function selectOldest(joins: readonly Pick<Candidate, 'triggerKey' | 'joinText'>[]): Statement<CandidateRow> {
  return {
    name: 'select-oldest-candidates',
    text: `select c.* from unnest($1::int8[], $2::text[]) q (trigger_key, join_text)
      join trigger_signal s on s.trigger_key = q.trigger_key
      join lateral (select c.* from trigger_candidate c where c.trigger_key = q.trigger_key and c.join_text = q.join_text collate "C"
        and c.name = s.name order by c.seq_id limit ${OLDEST}) c on true
      order by c.trigger_key, c.join_text, c.name, c.seq_id`,
    values: [joins.map(({ triggerKey }) => triggerKey), joins.map(({ joinText }) => joinText)],
  };
}

export function deleteCandidates(candidates: readonly Omit<Candidate, 'params'>[]): Statement {
  return {
    name: 'delete-trigger-candidates',
    text: `delete from trigger_candidate c using unnest($1::int8[], $2::text[], $3::text[], $4::int8[]) q (trigger_key, join_text, name, seq_id)
      where c.trigger_key = q.trigger_key and c.join_text = q.join_text collate "C" and c.name = q.name collate "C" and c.seq_id = q.seq_id`,
    values: [
      candidates.map(({ triggerKey }) => triggerKey),
      candidates.map(({ joinText }) => joinText),
      candidates.map(({ name }) => name),
      candidates.map(({ seqId }) => seqId),
    ],
  };
}

/** NewMatch is a trigger that fires. */
export type NewMatch = Pick<HitRow, 'workflow_id' | 'uuid' | 'tenant' | 'definition'> & {
  readonly signals: MatchedSignals;
};

export function insertMatches(matches: readonly NewMatch[], now: Millis): Statement {
  const signals = matches.map((match) => match.signals);
  const used = signals.flatMap((each, index) =>
    Object.entries(each).map(([name, { seqId }]) => ({ index: index + 1, name, seqId })),
  );
  return {
    name: 'insert-trigger-matches',
    text: `with fired as (
        insert into trigger_match (workflow_id, uuid, tenant, definition, signals, create_time, next_try)
        select q.workflow_id, q.uuid, q.tenant, q.definition, q.signals, $6, $6
        from unnest($1::text[], $2::text[], $3::text[], $4::json[], $5::json[]) with ordinality q (workflow_id, uuid, tenant, definition, signals, n)
        order by q.n returning match_id
      ), numbered as (select match_id, row_number() over (order by match_id) as n from fired)
      insert into trigger_match_signal (name, seq_id, match_id)
      select u.name, u.seq_id, f.match_id from unnest($7::int8[], $8::text[], $9::int8[]) u (n, name, seq_id) join numbered f on f.n = u.n`,
    values: [
      matches.map(({ workflow_id }) => workflow_id),
      matches.map(({ uuid }) => uuid),
      matches.map(({ tenant }) => tenant),
      matches.map(({ definition }) => definition),
      signals.map((each) => exactJsonText(each as unknown as JsonObject)),
      now,
      used.map(({ index }) => index),
      used.map(({ name }) => name),
      used.map(({ seqId }) => seqId),
    ],
  };
}

interface FiredRow {
  readonly match_id: bigint;
  readonly workflow_id: string;
  readonly uuid: string;
  readonly tenant: string;
  readonly definition: string;
  readonly signals: string;
  readonly attempts: number;
}

/** For so long nobody else takes what a replica has taken. */
const TAKEN_MILLIS = 15_000;

/** takeFired takes the oldest that are due: they are due again later, in case that whoever took them dies. */
export function takeFired(now: Millis, limit: number): Statement<FiredRow> {
  return {
    name: 'take-fired-triggers',
    text: `with due as (
        select match_id from trigger_match where state = 'PENDING' and next_try <= $1 order by next_try limit $2 for update skip locked
      )
      update trigger_match m set next_try = $1 + ${TAKEN_MILLIS}, attempts = attempts + 1 from due where m.match_id = due.match_id
      returning m.match_id, m.workflow_id, m.uuid, m.tenant, m.definition, m.signals, m.attempts`,
    values: [now, limit],
  };
}

export function firedOf(row: FiredRow): Fired {
  return {
    matchId: row.match_id,
    workflowId: row.workflow_id,
    uuid: row.uuid,
    tenant: row.tenant,
    trigger: parseExactJson(row.definition) as unknown as SignalTrigger,
    signals: parseExactJson(row.signals) as unknown as MatchedSignals,
    attempts: row.attempts,
  };
}

/** updateFired notes what became of triggers that fired. */
export function updateFired(
  settled: readonly { readonly matchId: bigint; readonly outcome: Settled }[],
  now: Millis,
): Statement {
  const started = settled.map(({ outcome }) => (outcome.state === 'STARTED' ? outcome : undefined));
  return {
    name: 'update-fired-triggers',
    text: `update trigger_match m set state = q.state, detail = q.detail, instance_id = q.instance_id, run_id = q.run_id,
        next_try = coalesce(q.next_try, m.next_try), settle_time = case when q.state = 'PENDING' then null else $7::int8 end
      from unnest($1::int8[], $2::text[], $3::text[], $4::int8[], $5::int8[], $6::int8[])
        q (match_id, state, detail, instance_id, run_id, next_try)
      where m.match_id = q.match_id and m.state = 'PENDING'`,
    values: [
      settled.map(({ matchId }) => matchId),
      settled.map(({ outcome }) => outcome.state),
      settled.map(({ outcome }) => outcome.detail ?? null),
      started.map((each) => each?.instanceId ?? null),
      started.map((each) => each?.runId ?? null),
      settled.map(({ outcome }) => (outcome.state === 'PENDING' ? now + outcome.afterMs : null)),
      now,
    ],
  };
}
