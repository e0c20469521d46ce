import { randomBytes } from 'node:crypto';
import { EvaluationPool } from '@maestro/evaluation';
import { createChannel, type Channel } from '@maestro/grpc';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { createPool, databaseClock, healthCheck, type DatabaseClock } from '@maestro/postgres';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { telemetryOptions, type Closers } from '@maestro/service';
import { startTelemetry, type Telemetry } from '@maestro/telemetry';
import type { Pool } from 'pg';
import type { SchedulerConfig } from '../config.js';

const SERVICE = 'maestro-scheduler';

/** Pools: one for the two lanes of the commit loop, one for background loops, one for what people read. */
export interface Pools {
  readonly hot: Pool;
  readonly loops: Pool;
  readonly reads: Pool;
}

/** Base is what the process stands on. */
export interface Base {
  readonly telemetry: Telemetry;
  readonly pools: Pools;
  readonly clock: DatabaseClock;
  readonly messaging: Messaging;
  readonly definition: Channel;
  readonly evaluator: EvaluationPool;
  /** New at each start: what a former process left behind under its name is nobody's. */
  readonly replicaId: string;
}

/** `workerScript` is that of the threads that evaluate expressions. */
export async function openBase(config: SchedulerConfig, workerScript: string, closers: Closers): Promise<Base> {
  const telemetry = await startTelemetry(telemetryOptions({ service: SERVICE, host: config.grpcHost }, config));
  closers.add(() => telemetry.stop());
  const pools = openPools(config, telemetry);
  closers.add(() => Promise.all([pools.hot.end(), pools.loops.end(), pools.reads.end()]));
  const clock = await databaseClock(pools.loops);
  closers.add(() => clock.stop());
  const messaging = await connectMessaging({ url: config.natsUrl, name: SERVICE, logger: telemetry.logger });
  closers.add(() => messaging.close());
  const definition = createChannel({ address: config.definitionAddress, services: [DefinitionService], retry: 'all' });
  closers.add(() => definition.close());
  telemetry.readiness.register('postgres', async () => {
    await healthCheck(pools.loops);
    return undefined;
  });
  telemetry.readiness.register('nats', () => messaging.ready());
  const evaluator = openEvaluation(config, workerScript, closers);
  return { telemetry, pools, clock, messaging, definition, evaluator, replicaId: randomBytes(6).toString('hex') };
}

function openPools({ postgresUrl: url }: SchedulerConfig, { logger }: Telemetry): Pools {
  const onIdleError = (err: Error): void => logger.warn({ err }, 'a connection to Postgres was lost');
  const options = { url, schema: 'scheduler', applicationName: SERVICE, onIdleError };
  return {
    hot: createPool({ ...options, max: 4, hotPath: true, settings: { lock_timeout: '2s' } }),
    loops: createPool({ ...options, max: 4, hotPath: true }),
    reads: createPool({ ...options, max: 4 }),
  };
}

/** Closed once the loop has drained: what is under way then is asked for again by whoever takes the shard over. */
function openEvaluation(config: SchedulerConfig, script: string, closers: Closers): EvaluationPool {
  const { evaluationSeconds, evaluationThreads: threads } = config;
  const evaluator = new EvaluationPool({ script, threads, timeoutMs: evaluationSeconds * 1_000 });
  closers.add(() => evaluator.close());
  return evaluator;
}
