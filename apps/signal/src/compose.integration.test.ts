import { fromBinary } from '@bufbuild/protobuf';
import { readConfig } from '@maestro/config';
import { createChannel, createClient, type Channel, type ClientOf } from '@maestro/grpc';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { SignalAnnouncedSchema, type SignalAnnounced } from '@maestro/proto/maestro/events/v1/events';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { silentLogger } from '@maestro/telemetry';
import { startNats, testDatabase, waitUntil, type TestDatabase, type TestNats } from '@maestro/testing';
import { signalParamsToProto } from '@maestro/wire';
import { Client } from 'pg';
import { compose, type SignalProcess } from './compose.js';
import { signalConfig } from './config.js';
import { MIGRATIONS } from './testing/signal-fixture.js';

let database: TestDatabase;
let nats: TestNats;
let service: SignalProcess;
let channel: Channel;
let client: ClientOf<typeof SignalService>;
let metricsPort: number;
let listener: Messaging;
const events: SignalAnnounced[] = [];

const heard = (name: string): readonly bigint[] =>
  events.flatMap(({ signal }) => (signal?.name === name ? [signal.seqId] : []));

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase({ migrations: [MIGRATIONS] }), startNats()]);
  const argv = ['--postgres-url', database.url, '--nats-url', nats.url, '--log-level', 'fatal'];
  service = compose(readConfig(signalConfig, { argv: [...argv, '--signal-relay-after-ms', '200'], env: {} }));
  const ports = await service.start();
  metricsPort = ports.metricsPort;
  channel = createChannel({ address: `127.0.0.1:${ports.grpcPort}`, services: [SignalService] });
  client = createClient(SignalService, channel);
  listener = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
  listener.listen('maestro.events.signal.*', (data) => void events.push(fromBinary(SignalAnnouncedSchema, data)));
});

afterAll(async () => {
  channel.close();
  await service.stop();
  await listener.close();
  await Promise.all([database.stop(), nats.stop()]);
});

test('an announcement is answered, told to outsiders, and read back by number and as the latest', async () => {
  const params = signalParamsToProto({ day: 20210101n, region: 'eu' });
  const announced = await client.announce({ name: 'tbl/orders', params }, { caller: 'ada' });
  expect(announced).toMatchObject({ duplicate: false, signal: { name: 'tbl/orders', seqId: 1n, params } });
  expect(await client.announce({ name: 'tbl/orders', params })).toMatchObject({
    duplicate: true,
    signal: { seqId: 1n },
  });
  const read = await client.getSignal({ name: 'tbl/orders' });
  expect(read.signal).toEqual(announced.signal);
  expect((await client.getSignal({ name: 'tbl/orders', seqId: 1n })).signal).toEqual(read.signal);
  await waitUntil(() => heard('tbl/orders').length === 1);
  expect(events.at(-1)).toMatchObject({ announcedBy: { name: 'ada' } });
});

test('an announcement that is not valid is refused with its violations', async () => {
  const refused = client.announce({ name: 'maestro_x' });
  await expect(refused).rejects.toMatchObject({ code: 'INVALID_REQUEST', violations: [{ path: 'name' }] });
  await expect(client.getSignal({ name: 'never' })).rejects.toMatchObject({ code: 'SIGNAL_NOT_FOUND' });
});

test('instances are listed newest first, page by page', async () => {
  const days = [1n, 2n, 3n].map((day) => ({ name: 'daily', params: signalParamsToProto({ day }) }));
  for (const ask of days) await client.announce(ask);
  const first = await client.listSignals({ name: 'daily', page: { pageSize: 2 } });
  expect(first.signals.map(({ seqId }) => seqId)).toEqual([3n, 2n]);
  expect(first.page?.totalCount).toBe(3n);
  const page = { pageSize: 2, pageToken: first.page?.nextPageToken ?? '' };
  const second = await client.listSignals({ name: 'daily', page });
  expect(second.signals.map(({ seqId }) => seqId)).toEqual([1n]);
  expect(second.page?.nextPageToken).toBe('');
});

test('what a process committed and died before publishing is published by another', async () => {
  const dead = new Client({ connectionString: database.url, options: '-c search_path=signal' });
  await dead.connect();
  await dead.query(`insert into signal_name values ('orphan', 1);
    insert into signal_instance values ('orphan', 1, 'r', 'default', '{}', '{}', 1, 1, 'bob');
    insert into outbox values ('orphan', 1, 1)`);
  await waitUntil(() => heard('orphan').length === 1);
  const left = await waitUntil(async () => (await dead.query('select 1 from outbox')).rowCount === 0);
  expect(left).toBe(true);
  await dead.end();
});

test('announcements go on while the broker is away, and their events come when it is back', async () => {
  const restarting = nats.restart({ wipe: true });
  const { signal } = await client.announce({ name: 'patient' });
  expect(signal?.seqId).toBe(1n);
  await restarting;
  await waitUntil(() => heard('patient').length > 0, { timeoutMs: 20_000 });
});

test('the process is ready, and counts its calls and batches', async () => {
  const at = `http://127.0.0.1:${metricsPort}`;
  expect((await fetch(`${at}/ready`)).status).toBe(200);
  const metrics = await (await fetch(`${at}/metrics`)).text();
  expect(metrics).toContain('grpc_server_duration_seconds');
  expect(metrics).toContain('signal_batch_size');
});
