import type { AttemptKey, Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

/** AttemptTokenRow is what is known of one token. */
export interface AttemptTokenRow {
  readonly hash: Uint8Array;
  readonly run_key: bigint;
  readonly ordinal: number;
  readonly attempt: number;
  readonly waits: boolean;
  readonly ended_at: bigint | null;
}

const COLUMNS = 'hash, run_key, ordinal, attempt, waits, ended_at';

/** insertToken makes a token good. */
export function insertToken(of: AttemptKey, hash: Uint8Array, waits: boolean, now: Millis): Statement {
  return {
    name: 'insert-attempt-token',
    text: `insert into attempt_token (hash, run_key, ordinal, attempt, waits, created_at)
      values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    values: [Buffer.from(hash), of.runKey, of.ordinal, of.attempt, waits, now],
  };
}

/** lockToken reads a token and holds off its end, and other changes by it, for the length of the transaction. */
export function lockToken(hash: Uint8Array): Statement<AttemptTokenRow> {
  return {
    name: 'lock-attempt-token',
    text: `select ${COLUMNS} from attempt_token where hash = $1 for no key update`,
    values: [Buffer.from(hash)],
  };
}

/** lockTokensOf reads all tokens of an attempt and holds off their end. */
export function lockTokensOf(of: AttemptKey): Statement<AttemptTokenRow> {
  return {
    name: 'lock-attempt-tokens',
    text: `select ${COLUMNS} from attempt_token where run_key = $1 and ordinal = $2 and attempt = $3
      order by hash for no key update`,
    values: [of.runKey, of.ordinal, of.attempt],
  };
}

/** endTokens makes the tokens of an attempt useless. */
export function endTokens(of: AttemptKey, now: Millis): Statement {
  return {
    name: 'end-attempt-tokens',
    text: `update attempt_token set ended_at = $4
      where run_key = $1 and ordinal = $2 and attempt = $3 and ended_at is null`,
    values: [of.runKey, of.ordinal, of.attempt, now],
  };
}

/** deleteOldTokens removes the oldest, so many at most; one that never ended (its executor died) may be used for long. */
export function deleteOldTokens(before: Millis, unendedBefore: Millis, limit: number): Statement {
  return {
    name: 'delete-old-attempt-tokens',
    text: `delete from attempt_token where ctid = any (array(
      select ctid from attempt_token where created_at < $1 and (ended_at < $1 or created_at < $2)
      order by created_at limit $3))`,
    values: [before, unendedBefore, limit],
  };
}
