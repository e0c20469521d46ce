import type { Statement } from '@maestro/postgres';

export function insertEvents(at: number, events: Uint8Array): Statement {
  return {
    name: 'event-feed-insert',
    text: 'insert into event_feed (created_at, events) values ($1, $2)',
    values: [at, Buffer.from(events.buffer, events.byteOffset, events.byteLength)],
  };
}

/**
 * Events behind the cursor that can be published: never past a transaction that is still open, because its rows would be
 * passed over for ever.
 */
export function readEvents(limit: number): Statement<{ id: bigint; events: Buffer }> {
  return {
    name: 'event-feed-read',
    text: `select id, events from event_feed
           where id > (select position from event_cursor) and xid < pg_snapshot_xmin(pg_current_snapshot())
           order by id limit $1`,
    values: [limit],
  };
}

export function moveEventCursor(position: bigint): Statement {
  return {
    name: 'event-cursor-move',
    text: 'update event_cursor set position = greatest(position, $1)',
    values: [position],
  };
}

export function trimEvents(before: number): Statement {
  return {
    name: 'event-feed-trim',
    text: 'delete from event_feed where created_at < $1 and id <= (select position from event_cursor)',
    values: [before],
  };
}
