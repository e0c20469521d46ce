import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { readConfig } from '@maestro/config';
import { createChannel, createClient, type Channel, type ClientOf } from '@maestro/grpc';
import {
  CLOUDEVENTS_STREAM,
  connectMessaging,
  RUN_EVENTS,
  signalEventSubject,
  type Messaging,
} from '@maestro/messaging';
import {
  RunEventBatchSchema,
  SignalAnnouncedSchema,
  type RunChangedSchema,
} from '@maestro/proto/maestro/events/v1/events';
import { NotifierService } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { silentLogger } from '@maestro/telemetry';
import { startNats, testDatabase, type TestNats } from '@maestro/testing';
import { signalInstanceToProto } from '@maestro/wire';
import { compose, type NotifierProcess } from '../compose.js';
import { notifierConfig } from '../config.js';
import { MIGRATIONS } from './migrations.js';

/** NotifierFixture is the service with a database and a broker of its own; the test plays the services that publish. */
export interface NotifierFixture {
  readonly databaseUrl: string;
  readonly nats: TestNats;
  readonly client: ClientOf<typeof NotifierService>;
  readonly messaging: Messaging;
  metricsUrl(): string;
  /** How many CloudEvents the stream holds. */
  published(): Promise<number>;
  publishRuns(...runs: readonly MessageInitShape<typeof RunChangedSchema>[]): Promise<void>;
  publishSignal(name: string, seqId: bigint): Promise<void>;
  /** Begins another process in the place of the one that runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function notifierFixture(...argv: readonly string[]): Promise<NotifierFixture> {
  const [database, nats] = await Promise.all([testDatabase({ migrations: [MIGRATIONS] }), startNats()]);
  const messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
  let running = await startProcess(database.url, nats.url, argv);
  const publish = async (subject: string, data: Uint8Array): Promise<void> => {
    const failures = await messaging.publishBatch([{ subject, data }]);
    if (failures.length > 0) throw new Error(failures[0]?.message);
  };
  return {
    databaseUrl: database.url,
    nats,
    messaging,
    get client() {
      return running.client;
    },
    metricsUrl: () => `http://127.0.0.1:${running.metricsPort}`,
    published: () => streamSize(nats.url),
    publishRuns: (...runs) =>
      publish(RUN_EVENTS, toBinary(RunEventBatchSchema, create(RunEventBatchSchema, { runs: [...runs] }))),
    publishSignal: (name, seqId) => publish(signalEventSubject(name), signalMessage(name, seqId)),
    restart: async () => {
      await running.stop();
      running = await startProcess(database.url, nats.url, argv);
    },
    stop: async () => {
      await running.stop();
      await messaging.close();
      await Promise.all([database.stop(), nats.stop()]);
    },
  };
}

async function streamSize(url: string): Promise<number> {
  const connection = await connect({ servers: url });
  const { state } = await (await jetstreamManager(connection)).streams.info(CLOUDEVENTS_STREAM);
  await connection.close();
  return state.messages;
}

interface Running {
  readonly client: ClientOf<typeof NotifierService>;
  readonly metricsPort: number;
  stop(): Promise<void>;
}

/** Where no service is: definitions are not heard of. */
const NOBODY = '127.0.0.1:1';

async function startProcess(databaseUrl: string, natsUrl: string, more: readonly string[]): Promise<Running> {
  const argv = ['--postgres-url', databaseUrl, '--nats-url', natsUrl, '--log-level', 'fatal', ...more];
  const addresses = ['--definition-address', NOBODY, '--scheduler-address', NOBODY];
  const service: NotifierProcess = compose(readConfig(notifierConfig, { argv: [...argv, ...addresses], env: {} }));
  const { grpcPort, metricsPort } = await service.start();
  const channel: Channel = createChannel({ address: `127.0.0.1:${grpcPort}`, services: [NotifierService] });
  return {
    client: createClient(NotifierService, channel, { caller: 'ada' }),
    metricsPort,
    stop: async () => {
      channel.close();
      await service.stop();
    },
  };
}

function signalMessage(name: string, seqId: bigint): Uint8Array {
  const signal = {
    name,
    seqId,
    instanceId: `i${seqId}`,
    params: { day: 5n },
    payload: {},
    createTime: 1_800_000_000_000,
  };
  const message = { signal: signalInstanceToProto(signal), tenant: 'default', announcedBy: { name: 'bob' } };
  return toBinary(SignalAnnouncedSchema, create(SignalAnnouncedSchema, message));
}
