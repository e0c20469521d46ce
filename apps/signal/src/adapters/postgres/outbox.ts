import type { Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { SignalKey } from '../../ports/announcement.js';
import { SIGNAL_COLUMNS, type SignalRow } from './signal-instance.js';

export function insertOutbox(keys: readonly SignalKey[], now: Millis): Statement {
  return {
    name: 'insert-outbox',
    text: `insert into outbox (name, seq_id, create_time) select q.*, $3 from unnest($1::text[], $2::int8[]) as q`,
    values: [keys.map(({ name }) => name), keys.map(({ seqId }) => seqId), now],
  };
}

export function deleteOutbox(keys: readonly SignalKey[]): Statement {
  return {
    name: 'delete-outbox',
    text: `delete from outbox o using unnest($1::text[], $2::int8[]) as q (name, seq_id)
      where o.name = q.name collate "C" and o.seq_id = q.seq_id`,
    values: [keys.map(({ name }) => name), keys.map(({ seqId }) => seqId)],
  };
}

/** selectWaiting locks and reads events that have waited since before an instant, and that no other replica relays now. */
export function selectWaiting(before: Millis, limit: number): Statement<SignalRow> {
  return {
    name: 'select-waiting-outbox',
    text: `select ${SIGNAL_COLUMNS} from outbox o join signal_instance s on s.name = o.name and s.seq_id = o.seq_id
      where o.create_time <= $1 order by o.create_time limit $2 for update of o skip locked`,
    values: [before, limit],
  };
}
