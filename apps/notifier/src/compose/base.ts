import { createChannel, type Channel } from '@maestro/grpc';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { createPool, databaseClock, healthCheck, type DatabaseClock } from '@maestro/postgres';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { telemetryOptions, type Closers } from '@maestro/service';
import { startTelemetry, type Telemetry } from '@maestro/telemetry';
import type { Pool } from 'pg';
import type { NotifierConfig } from '../config.js';

const SERVICE = 'maestro-notifier';
const VERSION = '0.1.0';

/** Base is what the process stands on. */
export interface Base {
  readonly telemetry: Telemetry;
  readonly pool: Pool;
  readonly clock: DatabaseClock;
  readonly messaging: Messaging;
  readonly definition: Channel;
  readonly scheduler: Channel;
}

export async function openBase(config: NotifierConfig, closers: Closers): Promise<Base> {
  const telemetry = await startTelemetry(
    telemetryOptions({ service: SERVICE, version: VERSION, host: config.grpcHost }, config),
  );
  closers.add(() => telemetry.stop());
  const { logger, readiness } = telemetry;
  const pool = createPool({
    url: config.postgresUrl,
    max: config.postgresConnections,
    applicationName: SERVICE,
    schema: 'notifier',
    hotPath: true,
    onIdleError: (err) => logger.warn({ err }, 'a connection to Postgres was lost'),
  });
  closers.add(() => pool.end());
  const clock = await databaseClock(pool);
  closers.add(() => clock.stop());
  const messaging = await connectMessaging({ url: config.natsUrl, name: SERVICE, logger });
  closers.add(() => messaging.close());
  const definition = createChannel({ address: config.definitionAddress, services: [DefinitionService], retry: 'all' });
  closers.add(() => definition.close());
  const scheduler = createChannel({ address: config.schedulerAddress, services: [SchedulerService], retry: 'all' });
  closers.add(() => scheduler.close());
  readiness.register('postgres', async () => {
    await healthCheck(pool);
    return undefined;
  });
  readiness.register('nats', () => messaging.ready());
  return { telemetry, pool, clock, messaging, definition, scheduler };
}
