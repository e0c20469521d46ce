import type { SignalParams } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText } from '@maestro/wire';

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
