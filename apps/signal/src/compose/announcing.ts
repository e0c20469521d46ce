import { isDataError } from '@maestro/postgres';
import type { CallerBase, Closers } from '@maestro/service';
import { postgresAnnouncements } from '../adapters/postgres/announce.js';
import { postgresOutbox } from '../adapters/postgres/relay.js';
import { natsEvents } from '../adapters/nats/publish-events.js';
import type { SignalConfig } from '../config.js';
import { relayOutbox } from '../loops/relay-outbox.js';
import { deliverMatches, type DeliveryDeps } from '../usecases/deliver-matches.js';
import { GroupAnnouncer } from '../usecases/group-announcer.js';
import type { TriggerLoops } from './triggers.js';

const RELAY_EVERY_MS = 1_000;
const HOUR = 3_600_000;

/** openAnnouncer stores announcements, and tells outsiders, schedulers and triggers of them. */
export function openAnnouncer(
  base: CallerBase,
  { dedupHours, relayAfterMs }: SignalConfig,
  hearers: DeliveryDeps & { readonly triggers: TriggerLoops },
  closers: Closers,
): GroupAnnouncer {
  const { pool, clock, telemetry, messaging } = base;
  const { logger, meter } = telemetry;
  const publisher = natsEvents(messaging, logger);
  const sizes = meter.createHistogram('signal_batch_size', {
    description: 'Announcements in one commit',
    advice: { explicitBucketBoundaries: [1, 2, 5, 10, 20, 50, 100, 200, 300] },
  });
  const announcer = new GroupAnnouncer({
    announcements: postgresAnnouncements({ pool, clock, dedupWindowMs: dedupHours * HOUR }),
    publisher,
    isDataError,
    onBatch: (size) => sizes.record(size),
    onPublishError: (err) => logger.warn({ err }, 'announcements were not published; they will be again'),
    onMatched: (matched) => {
      deliverMatches(hearers, matched).catch((err: unknown) =>
        logger.warn({ err }, 'matches could not be told; they will be again'),
      );
    },
    caughtUp: () => hearers.triggers.caughtUp(),
    onFired: () => hearers.triggers.fired(),
  });
  const stopping = new AbortController();
  const relaying = relayOutbox(
    {
      outbox: postgresOutbox({ pool, clock }),
      publisher,
      takePublished: () => announcer.takePublished(),
      everyMs: RELAY_EVERY_MS,
      olderThanMs: relayAfterMs,
      onError: (err) => logger.warn({ err }, 'the outbox cannot be relayed now'),
    },
    stopping.signal,
  );
  closers.add(() => (stopping.abort(), relaying));
  return announcer;
}
