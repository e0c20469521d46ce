import { join } from 'node:path';
import { connectMessaging, type Messaging } from '@maestro/messaging';
import { AttemptOutcome } from '@maestro/proto/maestro/scheduler/v1/attempt';
import { silentLogger } from '@maestro/telemetry';
import { startNats, testDatabase, waitUntil, type TestDatabase, type TestNats } from '@maestro/testing';
import { compose, type ExecutorProcess } from './compose.js';
import { FakeScheduler } from './testing/fake-scheduler.js';
import { testConfig } from './testing/test-config.js';

let nats: TestNats;
let database: TestDatabase;
let messaging: Messaging;
let scheduler: FakeScheduler;
let executor: ExecutorProcess;

beforeAll(async () => {
  nats = await startNats();
  database = await testDatabase({ migrations: [{ schema: 'executor', dir: join(__dirname, '../migrations') }] });
  messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
  scheduler = new FakeScheduler(messaging);
  executor = compose(
    testConfig({ MAESTRO_POSTGRES_URL: database.url, MAESTRO_NATS_URL: nats.url, MAESTRO_EXECUTOR_DRAIN_SECONDS: '0' }),
  );
  await executor.start();
});

afterAll(async () => {
  await executor.stop();
  await messaging.close();
  await database.stop();
  await nats.stop();
});

it('an Echo step is run at once and reported without a claim', async () => {
  const task = scheduler.task({ paramsJson: new TextEncoder().encode('{"a":1}') });
  await scheduler.dispatch([task]);
  await waitUntil(() => scheduler.results(task).length === 1);
  const [result] = scheduler.results(task);
  expect(result?.outcome).toBe(AttemptOutcome.DONE);
  expect(new TextDecoder().decode(result?.artifactsJson)).toBe('{"maestro_echo":{"a":1}}');
  expect(scheduler.claims(task)).toHaveLength(0);
});
