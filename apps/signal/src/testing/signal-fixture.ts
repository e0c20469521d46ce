import { join } from 'node:path';
import { createPool, databaseClock, isDataError } from '@maestro/postgres';
import { testDatabase } from '@maestro/testing';
import { postgresAnnouncements } from '../adapters/postgres/announce.js';
import { postgresLineage } from '../adapters/postgres/lineage.js';
import { postgresSignals } from '../adapters/postgres/read-signals.js';
import { postgresOutbox } from '../adapters/postgres/relay.js';
import { postgresRetention } from '../adapters/postgres/retention.js';
import { postgresFiredTriggers, postgresTriggers } from '../adapters/postgres/triggers.js';
import { postgresWaits } from '../adapters/postgres/waits.js';
import type { SignalEvent } from '../ports/announcement.js';
import type { EventPublisher, Outbox } from '../ports/announcements.js';
import type { Lineage } from '../ports/lineage.js';
import type { Retention } from '../ports/retention.js';
import type { Signals } from '../ports/signals.js';
import type { FiredTriggers, Triggers } from '../ports/triggers.js';
import type { MatchedWait, Waits } from '../ports/waits.js';
import { checkAnnouncement, type Ask } from '../usecases/check-announcement.js';
import { GroupAnnouncer } from '../usecases/group-announcer.js';

export const MIGRATIONS = { schema: 'signal', dir: join(__dirname, '../../migrations') };

/** RecordingPublisher keeps what it is told; it publishes nothing while `away`. */
export class RecordingPublisher implements EventPublisher {
  readonly events: SignalEvent[] = [];
  away = false;

  publish(events: readonly SignalEvent[]): Promise<readonly { name: string; seqId: bigint }[]> {
    if (this.away) return Promise.resolve([]);
    this.events.push(...events);
    return Promise.resolve(events.map(({ signal: { name, seqId } }) => ({ name, seqId })));
  }

  heard(name: string): readonly bigint[] {
    return this.events.filter(({ signal }) => signal.name === name).map(({ signal }) => signal.seqId);
  }
}

/** SignalFixture is the service's stores on a database of their own. */
export interface SignalFixture {
  readonly url: string;
  readonly announcer: GroupAnnouncer;
  /** Sizes of the batches that were committed. */
  readonly batches: readonly number[];
  readonly publisher: RecordingPublisher;
  readonly signals: Signals;
  readonly outbox: Outbox;
  readonly waits: Waits;
  /** Whom announcements freed. */
  readonly matched: readonly MatchedWait[];
  readonly triggers: Triggers;
  readonly fired: FiredTriggers;
  readonly lineage: Lineage;
  readonly retention: Retention;
  stop(): Promise<void>;
}

/** signalFixture opens the service on a database of its own. */
export async function signalFixture(): Promise<SignalFixture> {
  const database = await testDatabase({ migrations: [MIGRATIONS] });
  const first = await signalProcess(database.url);
  return {
    ...first,
    stop: async () => {
      await first.stop();
      await database.stop();
    },
  };
}

/** signalProcess opens the service on a database that others use, too. */
export async function signalProcess(url: string): Promise<SignalFixture> {
  const pool = createPool({ url, schema: 'signal', applicationName: 'signal-test', max: 6, hotPath: true });
  const clock = await databaseClock(pool);
  const publisher = new RecordingPublisher();
  const batches: number[] = [];
  const matched: MatchedWait[] = [];
  const onMatched = (freed: readonly MatchedWait[]): void => void matched.push(...freed);
  const announcements = postgresAnnouncements({ pool, clock, dedupWindowMs: 3_600_000 });
  const onBatch = (size: number): void => void batches.push(size);
  const onPublishError = (): void => undefined;
  return {
    url,
    announcer: new GroupAnnouncer({ announcements, publisher, isDataError, onBatch, onPublishError, onMatched }),
    batches,
    publisher,
    signals: postgresSignals(pool),
    outbox: postgresOutbox({ pool, clock }),
    waits: postgresWaits({ pool, clock }),
    matched,
    triggers: postgresTriggers({ pool, clock }),
    fired: postgresFiredTriggers({ pool, clock }),
    lineage: postgresLineage(pool),
    retention: postgresRetention(pool),
    stop: async () => {
      clock.stop();
      await pool.end();
    },
  };
}

/** announcementOf is a checked announcement without request id unless one is given. */
export function announcementOf(name: string, ask: Partial<Ask> = {}) {
  return checkAnnouncement({ requestId: '', name, params: {}, payload: {}, tenant: 'default', ...ask });
}
