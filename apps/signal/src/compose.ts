import { bindService, createServer, type GrpcServer } from '@maestro/grpc';
import { connectMessaging, SIGNAL_QUEUE, SIGNAL_STEPS, type Messaging } from '@maestro/messaging';
import { createPool, databaseClock, healthCheck, isDataError, type DatabaseClock } from '@maestro/postgres';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { Closers, postgresAway, telemetryOptions } from '@maestro/service';
import { requestMetrics, startTelemetry, type Telemetry } from '@maestro/telemetry';
import type { Pool } from 'pg';
import { natsEvents } from './adapters/nats/publish-events.js';
import { natsSchedulerLink } from './adapters/nats/scheduler-link.js';
import { postgresAnnouncements } from './adapters/postgres/announce.js';
import { postgresSignals } from './adapters/postgres/read-signals.js';
import { postgresOutbox } from './adapters/postgres/relay.js';
import { postgresWaits } from './adapters/postgres/waits.js';
import type { SignalConfig } from './config.js';
import { takeStepSignals } from './consumers/step-signals.js';
import { relayMatches } from './loops/relay-matches.js';
import { relayOutbox } from './loops/relay-outbox.js';
import type { EventPublisher } from './ports/announcements.js';
import type { Waits } from './ports/waits.js';
import { signalHandlers } from './rpc/signal-handlers.js';
import { deliverMatches, type DeliveryDeps } from './usecases/deliver-matches.js';
import { GroupAnnouncer } from './usecases/group-announcer.js';
import type { StepSignalsDeps } from './usecases/step-signals.js';

const SERVICE = 'maestro-signal';
const VERSION = '0.1.0';
const RELAY_EVERY_MS = 1_000;
/** Longer than any call takes; what still runs then is given up. */
const DRAIN_MS = 10_000;

/** SignalProcess is the service in one process. */
export interface SignalProcess {
  /** Serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly grpcPort: number; readonly metricsPort: number }>;
  /** Lets calls finish, then closes everything. */
  stop(): Promise<void>;
}

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: SignalConfig): SignalProcess {
  const closers = new Closers();
  return {
    start: async () => {
      const base = await openBase(config, closers);
      const publisher = natsEvents(base.messaging, base.telemetry.logger);
      const waits = postgresWaits(base);
      const scheduler = natsSchedulerLink(base.messaging);
      const announcer = announcerOf(base, config, publisher, { waits, scheduler });
      startRelay(base, { announcer, publisher, olderThanMs: config.relayAfterMs }, closers);
      startStepSignals(base, { waits, scheduler, announcer, olderThanMs: config.relayAfterMs }, closers);
      const server = serverOf(base, announcer);
      const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
      closers.add(() => server.drain(DRAIN_MS));
      base.telemetry.logger.info({ grpcPort, metricsPort: base.telemetry.port }, 'signal serves');
      return { grpcPort, metricsPort: base.telemetry.port };
    },
    stop: () => closers.closeAll(),
  };
}

interface Base {
  readonly telemetry: Telemetry;
  readonly pool: Pool;
  readonly clock: DatabaseClock;
  readonly messaging: Messaging;
}

async function openBase(config: SignalConfig, closers: Closers): Promise<Base> {
  const telemetry = await startTelemetry(
    telemetryOptions({ service: SERVICE, version: VERSION, host: config.grpcHost }, config),
  );
  closers.add(() => telemetry.stop());
  const { logger, readiness } = telemetry;
  const pool = createPool({
    url: config.postgresUrl,
    max: config.postgresConnections,
    applicationName: SERVICE,
    schema: 'signal',
    hotPath: true,
    onIdleError: (err) => logger.warn({ err }, 'a connection to Postgres was lost'),
  });
  closers.add(() => pool.end());
  const clock = await databaseClock(pool);
  closers.add(() => clock.stop());
  const messaging = await connectMessaging({ url: config.natsUrl, name: SERVICE, logger });
  closers.add(() => messaging.close());
  readiness.register('postgres', async () => {
    await healthCheck(pool);
    return undefined;
  });
  readiness.register('nats', () => messaging.ready());
  return { telemetry, pool, clock, messaging };
}

const HOUR = 3_600_000;

function announcerOf(
  { pool, clock, telemetry }: Base,
  { dedupHours }: SignalConfig,
  publisher: EventPublisher,
  delivery: DeliveryDeps,
): GroupAnnouncer {
  const sizes = telemetry.meter.createHistogram('signal_batch_size', {
    description: 'Announcements in one commit',
    advice: { explicitBucketBoundaries: [1, 2, 5, 10, 20, 50, 100, 200, 300] },
  });
  return new GroupAnnouncer({
    announcements: postgresAnnouncements({ pool, clock, dedupWindowMs: dedupHours * HOUR }),
    publisher,
    isDataError,
    onBatch: (size) => sizes.record(size),
    onPublishError: (err) => telemetry.logger.warn({ err }, 'announcements were not published; they will be again'),
    onMatched: (matched) => {
      deliverMatches(delivery, matched).catch((err: unknown) =>
        telemetry.logger.warn({ err }, 'matches could not be told; they will be again'),
      );
    },
  });
}

/** Answers schedulers, and tells them again of what they have not heard. */
function startStepSignals(
  { messaging, telemetry }: Base,
  deps: StepSignalsDeps & DeliveryDeps & { readonly waits: Waits; readonly olderThanMs: number },
  closers: Closers,
): void {
  const serving = messaging.serve(SIGNAL_STEPS, (data) => takeStepSignals(deps, data), SIGNAL_QUEUE);
  const stopping = new AbortController();
  const onError = (err: unknown): void => telemetry.logger.warn({ err }, 'matches cannot be relayed now');
  const relaying = relayMatches({ ...deps, everyMs: RELAY_EVERY_MS, onError }, stopping.signal);
  closers.add(async () => {
    await serving.stop();
    stopping.abort();
    await relaying;
  });
}

function startRelay(
  { pool, clock, telemetry }: Base,
  { announcer, publisher, olderThanMs }: { announcer: GroupAnnouncer; publisher: EventPublisher; olderThanMs: number },
  closers: Closers,
): void {
  const stopping = new AbortController();
  const options = {
    outbox: postgresOutbox({ pool, clock }),
    publisher,
    takePublished: () => announcer.takePublished(),
    everyMs: RELAY_EVERY_MS,
    olderThanMs,
    onError: (err: unknown) => telemetry.logger.warn({ err }, 'the outbox cannot be relayed now'),
  };
  const relaying = relayOutbox(options, stopping.signal);
  closers.add(() => (stopping.abort(), relaying));
}

function serverOf({ pool, telemetry }: Base, announcer: GroupAnnouncer): GrpcServer {
  const { logger, tracer, meter } = telemetry;
  const handlers = signalHandlers({ announcer, signals: postgresSignals(pool), logger });
  return createServer({
    services: [bindService(SignalService, handlers)],
    logger,
    tracer,
    metrics: requestMetrics(meter, 'grpc_server'),
    interceptors: [postgresAway],
  });
}
