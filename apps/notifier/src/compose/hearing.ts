import { DEFINITION_CHANGED, NOTIFIER_CONSUMERS, RUN_EVENTS, subjectMatches } from '@maestro/messaging';
import { isDataError } from '@maestro/postgres';
import { RepeatedLoop, type Closers, type CallerBase } from '@maestro/service';
import { postgresFeedCursor } from '../adapters/postgres/read-feed-cursor.js';
import { readDefinitionChanges } from '../consumers/definition-changes.js';
import { EventHearer } from '../consumers/hear-events.js';
import { readRunEvents } from '../consumers/read-run-events.js';
import { readSignalEvent } from '../consumers/read-signal-event.js';
import type { EventListener } from '../ports/event-listener.js';
import { tellAll } from '../usecases/tell-all.js';

/** The feed is read at start, on a hint, on reconnect and this often: the feed is the truth, hints only make it prompt. */
const FEED_MS = 30_000;

/** startHearing tells the listeners what happens: runs and steps, signals, definitions. */
export function startHearing(base: CallerBase, listeners: readonly EventListener[], closers: Closers): void {
  const { messaging, telemetry, definition, pool } = base;
  const { logger } = telemetry;
  const listener = tellAll(listeners);
  for (const consumer of NOTIFIER_CONSUMERS) {
    const read = subjectMatches(consumer.filter, RUN_EVENTS) ? readRunEvents : readSignalEvent;
    const hearer = new EventHearer({ messaging, consumer, read, listener, isDataError, logger });
    closers.add(() => hearer.stop());
  }
  const cursor = postgresFeedCursor(pool);
  const following = new RepeatedLoop({
    everyMs: FEED_MS,
    round: async () => (await readDefinitionChanges(cursor, definition, listener), false),
    onError: (err) => logger.warn({ err }, 'definition changes cannot be read now; they are read again'),
  });
  const listening = messaging.listen(DEFINITION_CHANGED, () => following.nudge());
  const forget = messaging.onReconnect(() => following.nudge());
  following.nudge();
  closers.add(async () => {
    forget();
    await listening.stop();
    await following.stop();
  });
}
