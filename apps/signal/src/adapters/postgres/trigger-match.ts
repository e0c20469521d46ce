import type { JsonObject, Millis, SignalTrigger } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Fired, MatchedSignals, Settled } from '../../ports/triggers.js';
import type { HitRow } from './trigger-signal.js';

/** NewMatch is a trigger that fires. */
export type NewMatch = Pick<HitRow, 'workflow_id' | 'uuid' | 'tenant' | 'definition'> & {
  readonly signals: MatchedSignals;
};

/** insertMatches stores what fires, and answers the keys in the order of the matches. */
export function insertMatches(matches: readonly NewMatch[], now: Millis): Statement<{ readonly match_id: bigint }> {
  return {
    name: 'insert-trigger-matches',
    text: `with fired as (
        insert into trigger_match (workflow_id, uuid, tenant, definition, signals, create_time, next_try)
        select q.workflow_id, q.uuid, q.tenant, q.definition, q.signals, $6, $6
        from unnest($1::text[], $2::text[], $3::text[], $4::json[], $5::json[]) with ordinality q (workflow_id, uuid, tenant, definition, signals, n)
        order by q.n returning match_id
      )
      select match_id from fired order by match_id`,
    values: [
      matches.map(({ workflow_id }) => workflow_id),
      matches.map(({ uuid }) => uuid),
      matches.map(({ tenant }) => tenant),
      matches.map(({ definition }) => definition),
      matches.map(({ signals }) => exactJsonText(signals as unknown as JsonObject)),
      now,
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
