import { pipeline, queryOne, transaction, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { EventFeed } from '../../ports/event-feed.js';
import { moveEventCursor, readEvents, trimEvents } from './event-feed.js';

const LOCK_CURSOR: Statement<{ position: bigint }> = {
  name: 'event-cursor-lock',
  text: 'select position from event_cursor for update skip locked',
};

/** A cursor that is lost in a crash repeats events, which outsiders take anyway: it need not wait for the disk. */
const NO_FLUSH: Statement = { name: 'no-flush', text: 'set local synchronous_commit = off' };

export function postgresEventFeed(pool: Pool): EventFeed {
  return {
    publishNext: (limit, send) =>
      transaction(pool, async (client) => {
        const [, cursor] = await pipeline(client, [NO_FLUSH, LOCK_CURSOR]);
        if (cursor.rows.length === 0) return false;
        const [events] = await pipeline(client, [readEvents(limit)]);
        const last = events.rows.at(-1);
        if (last === undefined) return false;
        await send(events.rows.map((row) => row.events));
        await pipeline(client, [moveEventCursor(last.id)]);
        return events.rows.length === limit;
      }),
    trim: async (before) => void (await queryOne(pool, trimEvents(before))),
  };
}
