import type { JsonObject, Millis, SignalInstance, SignalParamValue } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { type PageAsk, rowsToAsk } from '@maestro/service';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Announcement } from '../../ports/announcement.js';

/** SignalRow is a row of `signal_instance`. */
export interface SignalRow {
  readonly name: string;
  readonly seq_id: bigint;
  readonly instance_id: string;
  readonly params: string;
  readonly payload: string;
  readonly request_time: bigint;
  readonly create_time: bigint;
  readonly announced_by: string | null;
}

/** SIGNAL_COLUMNS are the columns of a SignalRow, of the alias `s`. */
export const SIGNAL_COLUMNS =
  's.name, s.seq_id, s.instance_id, s.params, s.payload, s.request_time, s.create_time, s.announced_by';

export function signalOf(row: SignalRow): SignalInstance {
  return {
    name: row.name,
    seqId: row.seq_id,
    instanceId: row.instance_id,
    params: parseExactJson(row.params) as Readonly<Record<string, SignalParamValue>>,
    payload: parseExactJson(row.payload) as SignalInstance['payload'],
    requestTime: Number(row.request_time),
    createTime: Number(row.create_time),
  };
}

/** selectKnown gives the instances that some of the announcements were stored as before. */
export function selectKnown(batch: readonly Announcement[]): Statement<SignalRow> {
  return {
    name: 'select-known-signals',
    text: `select ${SIGNAL_COLUMNS} from unnest($1::text[], $2::text[]) as q (name, instance_id)
      join signal_instance s on s.name = q.name collate "C" and s.instance_id = q.instance_id collate "C"`,
    values: [batch.map(({ name }) => name), batch.map(({ instanceId }) => instanceId)],
  };
}

/** Numbered is an announcement that got its number. */
export interface Numbered {
  readonly announcement: Announcement;
  readonly seqId: bigint;
}

export function insertSignals(numbered: readonly Numbered[], now: Millis): Statement {
  const column = <T>(pick: (each: Announcement) => T): T[] => numbered.map(({ announcement }) => pick(announcement));
  return {
    name: 'insert-signals',
    text: `insert into signal_instance (name, seq_id, instance_id, tenant, params, payload, request_time, announced_by, create_time)
      select q.*, $9 from unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::json[], $6::json[], $7::int8[], $8::text[]) as q`,
    values: [
      column(({ name }) => name),
      numbered.map(({ seqId }) => seqId),
      column(({ instanceId }) => instanceId),
      column(({ tenant }) => tenant),
      column(({ params }) => exactJsonText(params as JsonObject)),
      column(({ payload }) => exactJsonText(payload)),
      column(({ requestTime }) => requestTime ?? now),
      column(({ announcedBy }) => announcedBy ?? null),
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

/** selectSignals gives the rows of a page, nearest to the cursor first. */
export function selectSignals(name: string, ask: PageAsk): Statement<SignalRow> {
  const older = ask.direction === 'older';
  const [comparison, order] = older ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: older ? 'select-older-signals' : 'select-newer-signals',
    text: `select ${SIGNAL_COLUMNS} from signal_instance s
      where s.name = $1 and ($2::int8 is null or s.seq_id ${comparison} $2)
      order by s.seq_id ${order} limit $3`,
    values: [name, ask.cursor ?? null, rowsToAsk(ask)],
  };
}
