import { join } from 'node:path';
import { bindService, createServer, type GrpcServer } from '@maestro/grpc';
import { EvaluationPool, type DefinitionChecker } from '@maestro/evaluation';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { createPool, databaseClock, healthCheck, type DatabaseClock } from '@maestro/postgres';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { StepTypeService } from '@maestro/proto/maestro/definition/v1/step_type_service';
import { JobTemplateService } from '@maestro/proto/maestro/definition/v1/template_service';
import { Closers, postgresAway, telemetryOptions } from '@maestro/service';
import { requestMetrics, startTelemetry, type Telemetry } from '@maestro/telemetry';
import type { Pool } from 'pg';
import { growthSignal, type GrowthSignal } from './adapters/feed-growth.js';
import { hintPublisher } from './adapters/nats/publish-hints.js';
import { listenForGrowth } from './adapters/postgres/listen.js';
import { postgresActs } from './adapters/postgres/perform-act.js';
import { postgresFeed } from './adapters/postgres/read-feed.js';
import { postgresReads } from './adapters/postgres/read-workflows.js';
import { postgresStepTypes } from './adapters/postgres/step-type-store.js';
import { postgresTemplates } from './adapters/postgres/template-store.js';
import { postgresRemoval } from './adapters/postgres/remove-workflow.js';
import type { DefinitionConfig } from './config.js';
import type { FeedTeller } from './ports/change-feed.js';
import type { DefinitionDeps } from './rpc/definition-deps.js';
import { definitionHandlers } from './rpc/definition-handlers.js';
import { stepTypeHandlers } from './rpc/step-type-handlers.js';
import { templateHandlers } from './rpc/template-handlers.js';
import { resumeRemovals } from './usecases/remove-workflow.js';

const SERVICE = 'maestro-definition';
/** Longer than any call takes; what still runs then is given up. */
const DRAIN_MS = 10_000;

/** DefinitionProcess is the service in one process. */
export interface DefinitionProcess {
  /** Serves when it resolves; the ports are the real ones. */
  start(): Promise<{ readonly grpcPort: number; readonly metricsPort: number }>;
  /** Lets calls finish, then closes everything. */
  stop(): Promise<void>;
}

/** Beside the bundle of the service. */
const WORKER_SCRIPT = join(__dirname, 'evaluation-worker.js');

/** compose wires the service; nothing is opened before `start`. */
export function compose(config: DefinitionConfig, workerScript = WORKER_SCRIPT): DefinitionProcess {
  const closers = new Closers();
  return {
    start: async () => {
      const base = await openBase(config, closers, workerScript);
      const growth = growthSignal();
      startListening(base, growth, closers);
      const hints = hintPublisher(base.messaging, base.telemetry.logger);
      const deps = depsOf(base, growth, hints);
      await resumeRemovals(deps.removal);
      // Whoever missed the hint of a process that died between its commit and its hint hears this one.
      hints.grew(await deps.feed.last(), '');
      const server = serverOf(base.telemetry, deps);
      const grpcPort = await server.listen(`${config.grpcHost}:${config.grpcPort}`);
      closers.add(() => server.drain(DRAIN_MS));
      base.telemetry.logger.info({ grpcPort, metricsPort: base.telemetry.port }, 'definition serves');
      return { grpcPort, metricsPort: base.telemetry.port };
    },
    stop: () => closers.closeAll(),
  };
}

interface Base {
  readonly telemetry: Telemetry;
  readonly pools: Pools;
  readonly clock: DatabaseClock;
  readonly messaging: Messaging;
  readonly checker: DefinitionChecker;
}

interface Pools {
  /** Acts and look-ups. */
  readonly hot: Pool;
  readonly lists: Pool;
  /** The one connection that hears notifications. */
  readonly listening: Pool;
}

async function openBase(config: DefinitionConfig, closers: Closers, workerScript: string): Promise<Base> {
  const telemetry = await startTelemetry(telemetryOptions({ service: SERVICE, host: config.grpcHost }, config));
  closers.add(() => telemetry.stop());
  const { logger, readiness } = telemetry;
  const pools = openPools(config, (err) => {
    logger.warn({ err }, 'a connection to Postgres was lost');
  });
  closers.add(() => Promise.all([pools.hot.end(), pools.lists.end(), pools.listening.end()]));
  const clock = await databaseClock(pools.hot);
  closers.add(() => {
    clock.stop();
  });
  const messaging = await connectMessaging({ url: config.natsUrl, name: SERVICE, logger });
  closers.add(() => messaging.close());
  readiness.register('postgres', async () => {
    await healthCheck(pools.lists);
    return undefined;
  });
  readiness.register('nats', () => messaging.ready());
  const checker = new EvaluationPool({ script: workerScript });
  closers.add(() => checker.close());
  return { telemetry, pools, clock, messaging, checker };
}

function openPools(config: DefinitionConfig, onIdleError: (error: Error) => void): Pools {
  const options = { url: config.postgresUrl, schema: 'definition', applicationName: SERVICE, onIdleError };
  return {
    hot: createPool({ ...options, max: config.postgresConnections, hotPath: true }),
    lists: createPool({ ...options, max: 3 }),
    listening: createPool({ ...options, max: 1 }),
  };
}

function startListening({ pools, telemetry }: Base, growth: GrowthSignal, closers: Closers): void {
  const stopping = new AbortController();
  const onLost = (err: Error): void => {
    telemetry.logger.warn({ err }, 'changes of other replicas are not heard until reconnected');
  };
  const options = { pool: pools.listening, onGrowth: growth.grown, onLost };
  const listening = listenForGrowth(options, stopping.signal);
  closers.add(() => {
    stopping.abort();
    return listening;
  });
}

function depsOf({ pools, clock, telemetry, checker }: Base, growth: GrowthSignal, hints: FeedTeller): DefinitionDeps {
  const teller: FeedTeller = {
    grew: (sequence, workflowId) => {
      growth.grown();
      hints.grew(sequence, workflowId);
    },
  };
  return {
    acts: postgresActs({ pool: pools.hot, clock, teller }),
    reads: postgresReads(pools),
    removal: postgresRemoval({ pool: pools.hot, clock, teller }),
    templates: postgresTemplates({ pool: pools.lists, clock }),
    stepTypes: postgresStepTypes(pools.lists),
    feed: postgresFeed(pools.lists),
    growth,
    clock,
    checker,
    logger: telemetry.logger,
  };
}

function serverOf({ logger, tracer, meter }: Telemetry, deps: DefinitionDeps): GrpcServer {
  return createServer({
    services: [
      bindService(DefinitionService, definitionHandlers(deps)),
      bindService(JobTemplateService, templateHandlers(deps)),
      bindService(StepTypeService, stepTypeHandlers(deps)),
    ],
    logger,
    tracer,
    metrics: requestMetrics(meter, 'grpc_server'),
    interceptors: [postgresAway],
  });
}
