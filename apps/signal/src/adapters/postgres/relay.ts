import { pipeline, transaction } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { Outbox } from '../../ports/announcements.js';
import type { SignalEvent } from '../../ports/announcement.js';
import type { Clock } from '../../ports/clock.js';
import { deleteOutbox, selectWaiting } from './outbox.js';
import { signalOf, type SignalRow } from './signal-instance.js';

/** postgresOutbox relays the outbox; the rows stay locked while they are sent, so that one replica sends them. */
export function postgresOutbox({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Outbox {
  return {
    relay: ({ olderThanMs, limit }, send) =>
      transaction(pool, async (client) => {
        const [{ rows }] = await pipeline(client, [selectWaiting(clock.now() - olderThanMs, limit)]);
        if (rows.length === 0) return 0;
        const sent = await send(rows.map(eventOf));
        if (sent.length > 0) await pipeline(client, [deleteOutbox(sent)]);
        // Nothing was sent: asking again at once would not help.
        return sent.length === 0 ? 0 : rows.length;
      }),
    remove: (keys) =>
      transaction(pool, async (client) => {
        await pipeline(client, [deleteOutbox(keys)]);
      }),
  };
}

function eventOf(row: SignalRow): SignalEvent {
  return {
    signal: signalOf(row),
    tenant: row.tenant,
    ...(row.announced_by === null ? {} : { announcedBy: row.announced_by }),
  };
}
