import type { AttemptKey, Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

export interface CallBackRow {
  readonly body: Uint8Array;
}

/** selectCallBack reads what an attempt was told. */
export function selectCallBack(of: AttemptKey): Statement<CallBackRow> {
  return {
    name: 'select-call-back',
    text: 'select body from call_back where run_key = $1 and ordinal = $2 and attempt = $3',
    values: [of.runKey, of.ordinal, of.attempt],
  };
}

/** insertCallBack stores what an attempt is told; the first one counts. */
export function insertCallBack(of: AttemptKey, body: Uint8Array, now: Millis): Statement {
  return {
    name: 'insert-call-back',
    text: 'insert into call_back (run_key, ordinal, attempt, body, at) values ($1, $2, $3, $4, $5)',
    values: [of.runKey, of.ordinal, of.attempt, Buffer.from(body), now],
  };
}

/** deleteOldCallBacks removes the oldest, so many at most. */
export function deleteOldCallBacks(before: Millis, limit: number): Statement {
  return {
    name: 'delete-old-call-backs',
    text: 'delete from call_back where ctid = any (array(select ctid from call_back where at < $1 order by at limit $2))',
    values: [before, limit],
  };
}
