import { createServer, bindService } from '@maestro/grpc';
import { connectMessaging } from '@maestro/messaging';
import { createPool, databaseClock, healthCheck } from '@maestro/postgres';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { requestMetrics, startTelemetry } from '@maestro/telemetry';
import { growthSignal } from './adapters/feed-growth.js';
import { hintPublisher } from './adapters/nats/publish-hints.js';
import { listenForGrowth } from './adapters/postgres/listen.js';
import { postgresActs } from './adapters/postgres/perform-act.js';
import { postgresFeed } from './adapters/postgres/read-feed.js';
import { postgresReads } from './adapters/postgres/read-workflows.js';
import { postgresRemoval } from './adapters/postgres/remove-workflow.js';
import type { DefinitionConfig } from './config.js';
import type { FeedTeller } from './ports/change-feed.js';
import { definitionHandlers } from './rpc/definition-handlers.js';
import { resumeRemovals } from './usecases/remove-workflow.js';

const SERVICE = 'maestro-definition';
const SCHEMA = 'definition';
const VERSION = '0.1.0';
/** Longer than any call takes; what still runs then is given up. */
const DRAIN_MS = 10_000;

/** DefinitionProcess is the service in one process. */
export interface DefinitionProcess {
  /** Serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly grpcPort: number; readonly metricsPort: number }>;
  /** Lets calls finish, then closes everything. */
  stop(): Promise<void>;
}

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: DefinitionConfig): DefinitionProcess {
  const closers: (() => Promise<unknown> | void)[] = [];
  const onStop = <T>(thing: T, close: (thing: T) => Promise<unknown> | void): T => {
    closers.unshift(() => close(thing));
    return thing;
  };
  return {
    start: () => start(config, onStop),
    stop: async () => {
      for (const close of closers.splice(0)) await close();
    },
  };
}

type OnStop = <T>(thing: T, close: (thing: T) => Promise<unknown> | void) => T;

async function start(config: DefinitionConfig, onStop: OnStop): ReturnType<DefinitionProcess['start']> {
  const telemetry = onStop(await startTelemetry(telemetryOptions(config)), (it) => it.stop());
  const { logger } = telemetry;
  const pools = openPools(config, (err) => logger.warn({ err }, 'a connection to Postgres was lost'));
  for (const pool of Object.values(pools)) onStop(pool, (it) => it.end());
  const clock = onStop(await databaseClock(pools.hot), (it) => it.stop());
  const messaging = onStop(await connectMessaging({ url: config.natsUrl, name: SERVICE, logger }), (it) => it.close());
  const growth = growthSignal();
  const hints = hintPublisher(messaging, logger);
  const teller: FeedTeller = {
    grew: (sequence, workflowId) => {
      growth.grown();
      hints.grew(sequence, workflowId);
    },
  };
  const feed = postgresFeed(pools.lists);
  const removal = postgresRemoval({ pool: pools.hot, clock, teller });
  const handlers = definitionHandlers({
    acts: postgresActs({ pool: pools.hot, clock, teller }),
    reads: postgresReads(pools),
    removal,
    feed,
    growth,
    clock,
    logger,
  });
  const server = createServer({
    services: [bindService(DefinitionService, handlers)],
    logger,
    tracer: telemetry.tracer,
    metrics: requestMetrics(telemetry.meter, 'grpc_server'),
  });
  const listening = new AbortController();
  const onLost = (err: Error): void =>
    logger.warn({ err }, 'changes of other replicas are not heard until reconnected');
  const heard = listenForGrowth({ pool: pools.listening, onGrowth: () => growth.grown(), onLost }, listening.signal);
  onStop(heard, (it) => (listening.abort(), it));
  telemetry.readiness.register('postgres', async () => void (await healthCheck(pools.lists)));
  telemetry.readiness.register('nats', () => messaging.ready());
  await resumeRemovals(removal);
  // Whoever missed the hint of a process that died between its commit and its hint hears this one.
  hints.grew(await feed.last(), '');
  const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
  onStop(server, (it) => it.drain(DRAIN_MS));
  logger.info({ grpcPort, metricsPort: telemetry.port }, 'definition serves');
  return { grpcPort, metricsPort: telemetry.port };
}

function telemetryOptions(config: DefinitionConfig): Parameters<typeof startTelemetry>[0] {
  return {
    service: SERVICE,
    version: VERSION,
    metricsHost: config.grpcHost,
    metricsPort: config.metricsPort,
    logLevel: config.logLevel,
    logFormat: config.logFormat,
    ...(config.otlpUrl === undefined ? {} : { otlpUrl: config.otlpUrl }),
  };
}

function openPools(config: DefinitionConfig, onIdleError: (error: Error) => void) {
  const options = { url: config.postgresUrl, schema: SCHEMA, applicationName: SERVICE, onIdleError };
  return {
    hot: createPool({ ...options, max: config.postgresConnections, hotPath: true }),
    lists: createPool({ ...options, max: 3 }),
    listening: createPool({ ...options, max: 1 }),
  };
}
