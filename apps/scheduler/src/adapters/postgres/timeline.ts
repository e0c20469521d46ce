import type { TimelineEvent } from '@maestro/domain';
import { bulkInsert, type Statement } from '@maestro/postgres';
import { exactJsonText } from '@maestro/wire';
import type { TimelineWrite } from '../../rows/batch-rows.js';
import { column, orNull } from './columns.js';

const TABLE = {
  table: 'timeline',
  columns: [
    column<TimelineWrite>('run_key', 'bigint', ({ runKey }) => runKey),
    column<TimelineWrite>('ordinal', 'smallint', ({ entry }) => orNull(entry.ordinal)),
    column<TimelineWrite>('attempt', 'smallint', ({ entry }) => orNull(entry.attempt)),
    column<TimelineWrite>('event', 'json', ({ entry }) => JSON.stringify(entry.event, writeLong)),
  ],
};

/** An ACTION entry may carry any JSON; whole numbers beyond a double are written as text. */
function writeLong(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? exactJsonText(value) : value;
}

export const insertTimeline = (rows: readonly TimelineWrite[]): Statement => bulkInsert(TABLE, rows);

export interface TimelineRow {
  readonly run_key: bigint;
  readonly ordinal: number | null;
  readonly attempt: number | null;
  readonly event: string;
}

export const timelineEventOf = (row: TimelineRow): TimelineEvent => JSON.parse(row.event) as TimelineEvent;
