import type { JsonObject, Millis, SignalInstance, SignalParamValue } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Announcement } from '../../ports/announcement.js';

/** SignalRow is a row of `signal_instance`. */
export interface SignalRow {
  readonly name: string;
  readonly seq_id: bigint;
  readonly instance_id: string;
  readonly tenant: string;
  readonly params: string;
  readonly payload: string;
  readonly request_time: bigint;
  readonly create_time: bigint;
  readonly announced_by: string | null;
  readonly content_key: string | null;
  readonly source_workflow_id: string | null;
  readonly source_instance_id: bigint | null;
  readonly source_run_id: bigint | null;
  readonly source_step_id: string | null;
  readonly source_attempt: bigint | null;
  readonly source_step_instance: bigint | null;
}

/** SIGNAL_COLUMNS are the columns of a SignalRow, of the alias `s`. */
export const SIGNAL_COLUMNS =
  's.name, s.seq_id, s.instance_id, s.tenant, s.params, s.payload, s.request_time, s.create_time, s.announced_by, s.content_key, ' +
  's.source_workflow_id, s.source_instance_id, s.source_run_id, s.source_step_id, s.source_attempt, s.source_step_instance';

export function signalOf(row: SignalRow): SignalInstance {
  return {
    name: row.name,
    seqId: row.seq_id,
    instanceId: row.instance_id,
    params: parseExactJson(row.params) as Readonly<Record<string, SignalParamValue>>,
    payload: parseExactJson(row.payload) as SignalInstance['payload'],
    requestTime: Number(row.request_time),
    createTime: Number(row.create_time),
    ...sourceOf(row),
  };
}

function sourceOf(row: SignalRow): Pick<SignalInstance, 'source'> {
  if (row.source_workflow_id === null) return {};
  return {
    source: {
      workflowId: row.source_workflow_id,
      instanceId: row.source_instance_id ?? 0n,
      runId: row.source_run_id ?? 0n,
      stepId: row.source_step_id ?? '',
      stepAttemptId: row.source_attempt ?? 0n,
      stepInstanceId: row.source_step_instance ?? 0n,
    },
  };
}

/**
 * selectKnown gives the instances that some of the announcements were stored as before: under the same request id whenever, with the same
 * content since an instant.
 */
export function selectKnown(batch: readonly Announcement[], since: Millis): Statement<SignalRow> {
  return {
    name: 'select-known-signals',
    text: `select ${SIGNAL_COLUMNS} from unnest($1::text[], $2::text[]) as q (name, instance_id)
        join signal_instance s on s.name = q.name collate "C" and s.instance_id = q.instance_id collate "C"
        where s.content_key is null
      union all
      select ${SIGNAL_COLUMNS} from unnest($1::text[], $3::text[]) as q (name, content_key)
        join lateral (select * from signal_instance s where s.name = q.name collate "C" and s.content_key = q.content_key collate "C"
          and s.create_time >= $4 order by s.seq_id desc limit 1) s on true`,
    values: [
      batch.map(({ name }) => name),
      batch.map(({ instanceId }) => instanceId),
      batch.map(({ contentKey }) => contentKey ?? null),
      since,
    ],
  };
}

/** Numbered is an announcement that got its number. */
export interface Numbered {
  readonly announcement: Announcement;
  readonly seqId: bigint;
  /** Where it is not that of the announcement: the same content was announced long before. */
  readonly instanceId?: string;
}

export function insertSignals(numbered: readonly Numbered[], now: Millis): Statement {
  const column = <T>(pick: (each: Announcement) => T): T[] => numbered.map(({ announcement }) => pick(announcement));
  return {
    name: 'insert-signals',
    text: `insert into signal_instance (name, seq_id, instance_id, tenant, params, payload, request_time, announced_by, content_key,
        source_workflow_id, source_instance_id, source_run_id, source_step_id, source_attempt, source_step_instance, create_time)
      select q.*, $16 from unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::json[], $6::json[], $7::int8[], $8::text[],
        $9::text[], $10::text[], $11::int8[], $12::int8[], $13::text[], $14::int8[], $15::int8[]) as q`,
    values: [
      column(({ name }) => name),
      numbered.map(({ seqId }) => seqId),
      numbered.map(({ announcement, instanceId }) => instanceId ?? announcement.instanceId),
      column(({ tenant }) => tenant),
      column(({ params }) => exactJsonText(params as JsonObject)),
      column(({ payload }) => exactJsonText(payload)),
      column(({ requestTime }) => requestTime ?? now),
      column(({ announcedBy }) => announcedBy ?? null),
      column(({ contentKey }) => contentKey ?? null),
      column(({ source }) => source?.workflowId ?? null),
      column(({ source }) => source?.instanceId ?? null),
      column(({ source }) => source?.runId ?? null),
      column(({ source }) => source?.stepId ?? null),
      column(({ source }) => source?.stepAttemptId ?? null),
      column(({ source }) => source?.stepInstanceId ?? null),
      now,
    ],
  };
}

export function selectSignal(name: string, seqId: bigint): Statement<SignalRow> {
  const text = `select ${SIGNAL_COLUMNS} from signal_instance s where s.name = $1 and s.seq_id = $2`;
  return { name: 'select-signal', text, values: [name, seqId] };
}

export function selectLatestSignal(name: string): Statement<SignalRow> {
  const text = `select ${SIGNAL_COLUMNS} from signal_instance s where s.name = $1 order by s.seq_id desc limit 1`;
  return { name: 'select-latest-signal', text, values: [name] };
}
