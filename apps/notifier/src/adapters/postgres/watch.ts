import type { AlertSubject, Watch, WatchedType } from '@maestro/alerting';
import type { Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { subjectOf, valuesOf, WITHIN, type SubjectRow } from './subject-row.js';

/** insertWatch: what is watched already is looked at no later than asked for now. */
export function insertWatch({ key, type, tenant, subject, since, limit, due }: Watch): Statement {
  return {
    name: 'insert-watch',
    text: `insert into watch (workflow_id, instance_id, run_id, step_id, watch_key, type, tenant, since, limit_time, due)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (watch_key) do update set due = least(watch.due, excluded.due)`,
    values: [...valuesOf(subject), key, type, tenant, since, limit, due],
  };
}

/** deleteWatches forgets what is watched of a subject and all that is within it. */
export function deleteWatches(subject: AlertSubject, type?: WatchedType): Statement {
  return {
    name: 'delete-watches',
    text: `delete from watch where ${WITHIN} and ($5::text is null or type = $5)`,
    values: [...valuesOf(subject), type ?? null],
  };
}

interface WatchRow extends SubjectRow {
  readonly watch_key: string;
  readonly type: WatchedType;
  readonly tenant: string;
  readonly since: bigint;
  readonly limit_time: bigint;
  readonly due: bigint;
}

const COLUMNS = 'watch_key, type, tenant, workflow_id, instance_id, run_id, step_id, since, limit_time, due';

/** takeDueWatches leases those that are due. */
export function takeDueWatches(limit: number, now: Millis, leaseEnd: Millis): Statement<WatchRow> {
  return {
    name: 'take-due-watches',
    text: `update watch set due = $3 where watch_key = any (array(
        select watch_key from watch where due <= $2 order by due limit $1 for update skip locked
      )) returning ${COLUMNS}`,
    values: [limit, now, leaseEnd],
  };
}

/** moveWatch sets when one that was taken is due again; one that somebody wants looked at before stays so. */
export function moveWatch({ key, due }: Watch, next: Millis): Statement {
  return {
    name: 'move-watch',
    text: 'update watch set due = $3 where watch_key = $1 and due = $2',
    values: [key, due, next],
  };
}

/** deleteWatch forgets one that was taken, unless it was opened anew meanwhile. */
export function deleteWatch({ key, since }: Watch): Statement {
  return {
    name: 'delete-watch',
    text: 'delete from watch where watch_key = $1 and since = $2',
    values: [key, since],
  };
}

export function selectWatch(key: string): Statement<WatchRow> {
  return { name: 'select-watch', text: `select ${COLUMNS} from watch where watch_key = $1`, values: [key] };
}

export function watchOf(row: WatchRow): Watch {
  return {
    key: row.watch_key,
    type: row.type,
    tenant: row.tenant,
    subject: subjectOf(row),
    since: Number(row.since),
    limit: Number(row.limit_time),
    due: Number(row.due),
  };
}
