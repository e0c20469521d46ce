import type { Statement } from '@maestro/postgres';
import type { BulkFailure, BulkJob, BulkState, BulkWish } from '../../ports/bulk-job-store.js';

/** BulkJobRow is a row of `bulk_job`. */
export interface BulkJobRow {
  readonly job_id: bigint;
  readonly ask: string;
  readonly cursor: bigint | null;
  readonly total: bigint | null;
  readonly done: bigint;
  readonly passed_over: bigint;
  readonly failed: bigint;
  readonly failures: string;
  readonly end_time: bigint | null;
  readonly cancelled: boolean;
}

const COLUMNS = 'job_id, ask, cursor, total, done, passed_over, failed, failures, end_time, cancelled';

export function bulkJobOf(row: BulkJobRow): BulkJob {
  return {
    jobId: row.job_id,
    wish: JSON.parse(row.ask) as BulkWish,
    cursor: row.cursor ?? undefined,
    total: row.total ?? undefined,
    done: Number(row.done),
    passedOver: Number(row.passed_over),
    failed: Number(row.failed),
    failures: JSON.parse(row.failures) as readonly BulkFailure[],
    ended: row.end_time !== null,
    cancelled: row.cancelled,
  };
}

/** A repeated request id changes nothing; the update only makes it answer its row. */
export function insertBulkJob(wish: BulkWish, at: number): Statement<BulkJobRow> {
  return {
    name: 'bulk-job-insert',
    text: `insert into bulk_job (request_id, ask, create_time) values ($1, $2, $3)
           on conflict (request_id) do update set request_id = excluded.request_id returning ${COLUMNS}`,
    values: [wish.requestId, JSON.stringify(wish), at],
  };
}

export function readBulkJob(jobId: bigint): Statement<BulkJobRow> {
  return { name: 'bulk-job-read', text: `select ${COLUMNS} from bulk_job where job_id = $1`, values: [jobId] };
}

/** The oldest job that nobody works on. */
export function claimBulkJob(owner: string, at: number, until: number): Statement<BulkJobRow> {
  return {
    name: 'bulk-job-claim',
    text: `update bulk_job set owner = $1, expires_at = $3 where job_id =
             (select job_id from bulk_job where end_time is null and expires_at <= $2 order by job_id limit 1 for update skip locked)
           returning ${COLUMNS}`,
    values: [owner, at, until],
  };
}

export function saveBulkJob(
  jobId: bigint,
  owner: string,
  state: BulkState,
  until: number,
): Statement<{ readonly job_id: bigint }> {
  const { cursor, total, done, passedOver, failed, failures } = state;
  return {
    name: 'bulk-job-save',
    text: `update bulk_job set cursor = $3, total = $4, done = $5, passed_over = $6, failed = $7, failures = $8, expires_at = $9
           where job_id = $1 and owner = $2 and end_time is null returning job_id`,
    values: [jobId, owner, cursor ?? null, total ?? null, done, passedOver, failed, JSON.stringify(failures), until],
  };
}

export function endBulkJob(jobId: bigint, owner: string, at: number): Statement {
  const text = 'update bulk_job set end_time = $3 where job_id = $1 and owner = $2 and end_time is null';
  return { name: 'bulk-job-end', text, values: [jobId, owner, at] };
}

export function cancelBulkJob(jobId: bigint, at: number): Statement {
  const text = 'update bulk_job set end_time = $2, cancelled = true where job_id = $1 and end_time is null';
  return { name: 'bulk-job-cancel', text, values: [jobId, at] };
}

export function trimBulkJobs(endedBefore: number): Statement {
  return { name: 'bulk-job-trim', text: 'delete from bulk_job where end_time < $1', values: [endedBefore] };
}
