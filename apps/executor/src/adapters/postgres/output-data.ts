import type { AttemptKey, Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

/** OutputDataRow has its documents as text: whole numbers stay exact. */
export interface OutputDataRow {
  readonly params: string;
  readonly artifacts: string;
}

/** selectOutputData reads the data of an attempt. */
export function selectOutputData(of: AttemptKey): Statement<OutputDataRow> {
  return {
    name: 'select-output-data',
    text: 'select params, artifacts from output_data where run_key = $1 and ordinal = $2 and attempt = $3',
    values: [of.runKey, of.ordinal, of.attempt],
  };
}

/** upsertOutputData writes the data of an attempt as a whole. */
export function upsertOutputData(of: AttemptKey, { params, artifacts }: OutputDataRow, now: Millis): Statement {
  return {
    name: 'upsert-output-data',
    text: `insert into output_data (run_key, ordinal, attempt, params, artifacts, changed_at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (run_key, ordinal, attempt)
      do update set params = excluded.params, artifacts = excluded.artifacts, changed_at = excluded.changed_at`,
    values: [of.runKey, of.ordinal, of.attempt, params, artifacts, now],
  };
}

/** deleteOutputData forgets the data of an attempt. */
export function deleteOutputData(of: AttemptKey): Statement {
  return {
    name: 'delete-output-data',
    text: 'delete from output_data where run_key = $1 and ordinal = $2 and attempt = $3',
    values: [of.runKey, of.ordinal, of.attempt],
  };
}

/** deleteOldOutputData removes what nobody took, so much at most. */
export function deleteOldOutputData(before: Millis, limit: number): Statement {
  return {
    name: 'delete-old-output-data',
    text: `delete from output_data where ctid = any (array(
      select ctid from output_data where changed_at < $1 order by changed_at limit $2))`,
    values: [before, limit],
  };
}
