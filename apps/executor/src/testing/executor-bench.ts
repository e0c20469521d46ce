import { join } from 'node:path';
import { createChannel, createClient, type Channel, type ClientOf } from '@maestro/grpc';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { silentLogger } from '@maestro/telemetry';
import { startNats, testDatabase, type SchemaMigrations, type TestDatabase, type TestNats } from '@maestro/testing';
import { compose } from '../compose.js';
import { FakeScheduler } from './fake-scheduler.js';
import { testConfig } from './test-config.js';

export const MIGRATIONS: SchemaMigrations = { schema: 'executor', dir: join(__dirname, '../../migrations') };

/** ExecutorBench is a composed executor with real Postgres and NATS and a scripted scheduler around it. */
export interface ExecutorBench {
  readonly nats: TestNats;
  readonly database: TestDatabase;
  readonly scheduler: FakeScheduler;
  readonly client: ClientOf<typeof ExecutorService>;
  readonly metricsPort: number;
  /** `host:port` of the executor. */
  readonly address: string;
  stopExecutor(): Promise<void>;
  stop(): Promise<void>;
}

/** startBench starts everything; `env` are settings of the executor. */
export async function startBench(env: Readonly<Record<string, string>> = {}): Promise<ExecutorBench> {
  const [nats, database] = await Promise.all([startNats(), testDatabase({ migrations: [MIGRATIONS] })]);
  const messaging: Messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
  const scheduler = new FakeScheduler(messaging);
  const urls = { MAESTRO_POSTGRES_URL: database.url, MAESTRO_NATS_URL: nats.url };
  const executor = compose(testConfig({ MAESTRO_EXECUTOR_DRAIN_SECONDS: '0', ...urls, ...env }));
  const { grpcPort, metricsPort } = await executor.start();
  const channel: Channel = createChannel({ address: `127.0.0.1:${grpcPort}`, services: [ExecutorService] });
  let stopped: Promise<void> | undefined;
  const stopExecutor = (): Promise<void> => (stopped ??= executor.stop());
  return {
    nats,
    database,
    scheduler,
    client: createClient(ExecutorService, channel),
    metricsPort,
    address: channel.address,
    stopExecutor,
    stop: async () => {
      channel.close();
      await stopExecutor();
      await messaging.close();
      await Promise.all([database.stop(), nats.stop()]);
    },
  };
}
