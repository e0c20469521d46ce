import type { Millis, StepIdentity } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { LogChunk, LogStreamName, StoredLogChunk } from '../../ports/log-store.js';

const STREAM_NUMBERS: Readonly<Record<LogStreamName, number>> = { stdout: 1, stderr: 2, system: 3 };
const STREAM_NAMES: Readonly<Record<number, LogStreamName>> = { 1: 'stdout', 2: 'stderr', 3: 'system' };

/** AttemptLogRow is what `selectChunks` returns. */
export interface AttemptLogRow {
  readonly sequence: bigint;
  readonly at: bigint;
  readonly stream: number;
  readonly data: Uint8Array;
  readonly truncated: boolean;
  readonly last: boolean;
}

/** insertChunks adds chunks; one that is there already (the answer to its insert was lost) is left alone. */
export function insertChunks(chunks: readonly StoredLogChunk[]): Statement {
  return {
    name: 'insert-log-chunks',
    text: `insert into attempt_log
        (workflow_id, instance_id, run_id, step_id, attempt, sequence, at, stream, data, truncated, last)
      select * from unnest($1::text[], $2::int8[], $3::int8[], $4::text[], $5::int4[], $6::int8[],
        $7::int8[], $8::int2[], $9::bytea[], $10::bool[], $11::bool[])
      on conflict do nothing`,
    values: [
      chunks.map(({ of }) => of.workflowId),
      chunks.map(({ of }) => of.instanceId),
      chunks.map(({ of }) => of.runId),
      chunks.map(({ of }) => of.stepId),
      chunks.map(({ of }) => of.attempt),
      chunks.map(({ sequence }) => sequence),
      chunks.map(({ at }) => at),
      chunks.map(({ stream }) => STREAM_NUMBERS[stream]),
      chunks.map(({ data }) => Buffer.from(data)),
      chunks.map(({ truncated }) => truncated),
      chunks.map(({ last }) => last),
    ],
  };
}

/** selectChunks reads on from a position. */
export function selectChunks(of: StepIdentity, after: number, limit: number): Statement<AttemptLogRow> {
  return {
    name: 'select-log-chunks',
    text: `select sequence, at, stream, data, truncated, last from attempt_log
      where workflow_id = $1 and instance_id = $2 and run_id = $3 and step_id = $4 and attempt = $5
        and sequence > $6
      order by sequence limit $7`,
    values: [...identity(of), of.attempt, after, limit],
  };
}

/** selectChunksBack reads backwards from a position. */
export function selectChunksBack(of: StepIdentity, before: number, limit: number): Statement<AttemptLogRow> {
  return {
    name: 'select-log-chunks-back',
    text: `select sequence, at, stream, data, truncated, last from attempt_log
      where workflow_id = $1 and instance_id = $2 and run_id = $3 and step_id = $4 and attempt = $5
        and sequence < $6
      order by sequence desc limit $7`,
    values: [...identity(of), of.attempt, before, limit],
  };
}

/** selectLatestAttempt is the highest attempt that has a log. */
export function selectLatestAttempt(of: Omit<StepIdentity, 'attempt'>): Statement<{ readonly attempt: number }> {
  return {
    name: 'select-latest-log-attempt',
    text: `select attempt from attempt_log
      where workflow_id = $1 and instance_id = $2 and run_id = $3 and step_id = $4
      order by attempt desc limit 1`,
    values: identity(of),
  };
}

/** deleteOldChunks removes the oldest, so many at most: a long delete would hold back vacuum. */
export function deleteOldChunks(before: Millis, limit: number): Statement {
  return {
    name: 'delete-old-log-chunks',
    text: `delete from attempt_log where ctid = any (array(
      select ctid from attempt_log where at < $1 order by at limit $2))`,
    values: [before, limit],
  };
}

export function chunkOf(row: AttemptLogRow): LogChunk {
  const { sequence, at, stream, data, truncated, last } = row;
  return {
    sequence: Number(sequence),
    at: Number(at),
    stream: STREAM_NAMES[stream] ?? 'system',
    data,
    truncated,
    last,
  };
}

function identity(of: Omit<StepIdentity, 'attempt'>): readonly unknown[] {
  return [of.workflowId, of.instanceId, of.runId, of.stepId];
}
