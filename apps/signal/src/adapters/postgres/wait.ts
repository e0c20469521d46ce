import type { AwaitedSignal, JsonObject, Millis, SignalMatches } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { shapeOf, wantedText } from '@maestro/signal-match';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { WaitAsk, WaitKey } from '../../ports/waits.js';
import { lookupNumber } from './lookup-number.js';

/** OpenWait is one dependency of an attempt that is waited for. */
export interface OpenWait {
  readonly ask: WaitAsk;
  readonly position: number;
  readonly dependency: AwaitedSignal;
}

/** insertWaits keeps what is waited for; what is repeated stays as it is. */
export function insertWaits(waits: readonly OpenWait[], now: Millis): Statement {
  const column = <T>(pick: (each: OpenWait) => T): T[] => waits.map(pick);
  return {
    name: 'insert-waits',
    text: `insert into wait (run_key, ordinal, attempt, position, name, matches, shape, lookup, since, tenant, workflow_id,
        instance_id, run_id, step_id, step_instance, replica_id, open_time)
      select q.*, $17 from unnest($1::int8[], $2::int4[], $3::int4[], $4::int4[], $5::text[], $6::json[], $7::text[], $8::int8[],
        $9::int8[], $10::text[], $11::text[], $12::int8[], $13::int8[], $14::text[], $15::int8[], $16::text[]) q
      on conflict (run_key, ordinal, attempt, position) do update set replica_id = excluded.replica_id`,
    values: [
      column(({ ask }) => ask.runKey),
      column(({ ask }) => ask.ordinal),
      column(({ ask }) => ask.attempt),
      column(({ position }) => position),
      column(({ dependency }) => dependency.name),
      column(({ dependency }) => exactJsonText(dependency.matchParams as unknown as JsonObject)),
      column(({ dependency }) => shapeOf(dependency.matchParams)),
      column(({ dependency }) => lookupNumber(wantedText(dependency.matchParams))),
      column(({ dependency }) => dependency.since ?? null),
      column(({ ask }) => ask.tenant),
      column(({ ask }) => ask.step.workflowId),
      column(({ ask }) => ask.step.instanceId),
      column(({ ask }) => ask.step.runId),
      column(({ ask }) => ask.step.stepId),
      column(({ ask }) => ask.step.stepInstanceId),
      column(({ ask }) => ask.replicaId),
      now,
    ],
  };
}

interface KeyRow {
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly position: number;
}

/** MatchedRow is a wait that a signal freed, with what that carried. */
export interface MatchedRow extends KeyRow {
  readonly seq_id: bigint;
  readonly params: string;
  readonly replica_id: string;
}

const MATCHED_COLUMNS = 'w.run_key, w.ordinal, w.attempt, w.position, w.seq_id, s.params, w.replica_id';
const WITH_SIGNAL = 'join signal_instance s on s.name = w.name and s.seq_id = w.seq_id';

/** selectMatchedOf gives what is known of attempts that ask again. */
export function selectMatchedOf(keys: readonly WaitKey[]): Statement<MatchedRow> {
  return {
    name: 'select-matched-waits',
    text: `select ${MATCHED_COLUMNS} from unnest($1::int8[], $2::int4[], $3::int4[]) q (run_key, ordinal, attempt)
      join wait w on w.run_key = q.run_key and w.ordinal = q.ordinal and w.attempt = q.attempt ${WITH_SIGNAL}`,
    values: keysOf(keys),
  };
}

export function selectUndelivered(before: Millis, limit: number): Statement<MatchedRow> {
  return {
    name: 'select-undelivered-matches',
    text: `select ${MATCHED_COLUMNS} from wait w ${WITH_SIGNAL}
      where w.seq_id is not null and not w.delivered and w.match_time <= $1 order by w.match_time limit $2`,
    values: [before, limit],
  };
}

/** CandidateRow is a wait that an announcement may free. */
export interface CandidateRow extends KeyRow {
  readonly announced: number;
  readonly matches: string;
  readonly since: bigint | null;
  readonly replica_id: string;
}

/** Offer is what an announcement looks up: its place in the batch, and its values of one shape. */
export interface Offer {
  readonly announced: number;
  readonly name: string;
  readonly shape: string;
  readonly text: string;
}

/** selectCandidates finds open waits that the announcements may free, and locks them in the order of their keys. */
export function selectCandidates(offers: readonly Offer[]): Statement<CandidateRow> {
  return {
    name: 'select-wait-candidates',
    text: `select q.announced, w.run_key, w.ordinal, w.attempt, w.position, w.matches, w.since, w.replica_id
      from unnest($1::int4[], $2::text[], $3::text[], $4::int8[]) q (announced, name, shape, lookup)
      join wait w on w.name = q.name collate "C" and w.shape = q.shape collate "C" and w.lookup = q.lookup and w.seq_id is null
      order by w.run_key, w.ordinal, w.attempt, w.position, q.announced for update of w`,
    values: [
      offers.map(({ announced }) => announced),
      offers.map(({ name }) => name),
      offers.map(({ shape }) => shape),
      offers.map(({ text }) => lookupNumber(text)),
    ],
  };
}

/** Freed is a wait and the number of the signal that frees it. */
export interface Freed extends WaitKey {
  readonly position: number;
  readonly seqId: bigint;
}

/** updateMatched notes what freed waits; `delivered`: whoever asked hears of it in the answer. */
export function updateMatched(freed: readonly Freed[], now: Millis, delivered: boolean): Statement {
  return {
    name: 'update-matched-waits',
    text: `update wait w set seq_id = q.seq_id, match_time = $6, delivered = $7
      from unnest($1::int8[], $2::int4[], $3::int4[], $4::int4[], $5::int8[]) q (run_key, ordinal, attempt, position, seq_id)
      where w.run_key = q.run_key and w.ordinal = q.ordinal and w.attempt = q.attempt and w.position = q.position
        and w.seq_id is null`,
    values: [...keysOf(freed), freed.map(({ position }) => position), freed.map(({ seqId }) => seqId), now, delivered],
  };
}

export function updateDelivered(matches: readonly (WaitKey & { readonly position: number })[]): Statement {
  return {
    name: 'update-delivered-waits',
    text: `update wait w set delivered = true
      from unnest($1::int8[], $2::int4[], $3::int4[], $4::int4[]) q (run_key, ordinal, attempt, position)
      where w.run_key = q.run_key and w.ordinal = q.ordinal and w.attempt = q.attempt and w.position = q.position`,
    values: [...keysOf(matches), matches.map(({ position }) => position)],
  };
}

/** deleteOpen forgets what attempts waited for in vain; what freed them stays, for those who ask where a signal went. */
export function deleteOpen(keys: readonly WaitKey[]): Statement {
  return {
    name: 'delete-open-waits',
    text: `delete from wait w using unnest($1::int8[], $2::int4[], $3::int4[]) q (run_key, ordinal, attempt)
      where w.run_key = q.run_key and w.ordinal = q.ordinal and w.attempt = q.attempt and w.seq_id is null`,
    values: keysOf(keys),
  };
}

/** readMatches reverses how comparisons are stored. */
export function readMatches(text: string): SignalMatches {
  return parseExactJson(text) as unknown as SignalMatches;
}

function keysOf(keys: readonly WaitKey[]): [bigint[], number[], number[]] {
  return [keys.map(({ runKey }) => runKey), keys.map(({ ordinal }) => ordinal), keys.map(({ attempt }) => attempt)];
}
