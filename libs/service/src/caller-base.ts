import { createChannel, type Channel } from '@maestro/grpc';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { createPool, databaseClock, healthCheck, type DatabaseClock } from '@maestro/postgres';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { startTelemetry, type Telemetry } from '@maestro/telemetry';
import type { Pool } from 'pg';
import type { Closers } from './closers.js';
import { telemetryOptions, type TelemetrySettings } from './telemetry-options.js';

/** CallerSettings are the settings of a service that keeps a schema of its own and calls definition and scheduler. */
export interface CallerSettings extends TelemetrySettings {
  readonly grpcHost: string;
  readonly postgresUrl: string;
  readonly postgresConnections: number;
  readonly natsUrl: string;
  readonly definitionAddress: string;
  readonly schedulerAddress: string;
}

/** CallerBase is what the process of such a service stands on. */
export interface CallerBase {
  readonly telemetry: Telemetry;
  readonly pool: Pool;
  readonly clock: DatabaseClock;
  readonly messaging: Messaging;
  readonly definition: Channel;
  readonly scheduler: Channel;
}

/** openCallerBase connects the service of that name, which is the name of its schema too, to everything; `closers` undoes it. */
export async function openCallerBase(name: string, config: CallerSettings, closers: Closers): Promise<CallerBase> {
  const service = `maestro-${name}`;
  const telemetry = await startTelemetry(telemetryOptions({ service, host: config.grpcHost }, config));
  closers.add(() => telemetry.stop());
  const { logger, readiness } = telemetry;
  const pool = createPool({
    url: config.postgresUrl,
    max: config.postgresConnections,
    applicationName: service,
    schema: name,
    hotPath: true,
    onIdleError: (err) => logger.warn({ err }, 'a connection to Postgres was lost'),
  });
  closers.add(() => pool.end());
  const clock = await databaseClock(pool);
  closers.add(() => clock.stop());
  const messaging = await connectMessaging({ url: config.natsUrl, name: service, logger });
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
