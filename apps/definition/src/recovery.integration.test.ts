import { readConfig } from '@maestro/config';
import { createChannel, createClient, type Channel, type ClientOf } from '@maestro/grpc';
import { migrate } from '@maestro/postgres';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import {
  evaluationWorker,
  startNats,
  startPostgres,
  waitUntil,
  type TestNats,
  type TestPostgres,
} from '@maestro/testing';
import { pushRequestToProto } from '@maestro/wire';
import { compose, type DefinitionProcess } from './compose.js';
import { definitionConfig } from './config.js';
import { MIGRATIONS, pushOf } from './testing/definition-fixture.js';

interface Replica {
  readonly process: DefinitionProcess;
  readonly channel: Channel;
  readonly client: ClientOf<typeof DefinitionService>;
}

let postgres: TestPostgres;
let nats: TestNats;
let pushing: Replica;
let following: Replica;

async function startReplica(): Promise<Replica> {
  const argv = ['--postgres-url', postgres.url, '--nats-url', nats.url, '--log-level', 'fatal'];
  const process = compose(readConfig(definitionConfig, { argv, env: {} }), evaluationWorker());
  const { grpcPort } = await process.start();
  const channel = createChannel({ address: `127.0.0.1:${grpcPort}`, services: [DefinitionService] });
  return { process, channel, client: createClient(DefinitionService, channel) };
}

beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres({ durable: false }), startNats()]);
  await migrate({ url: postgres.url, ...MIGRATIONS });
  [pushing, following] = await Promise.all([startReplica(), startReplica()]);
});

afterAll(async () => {
  for (const { process, channel } of [pushing, following]) {
    channel.close();
    await process.stop();
  }
  await Promise.all([postgres.stop(), nats.stop()]);
});

test('when Postgres was restarted, pushes succeed again and other replicas hear of them as before', async () => {
  const push = (id: string) =>
    pushing.client.pushWorkflow(pushRequestToProto(pushOf(id), `push-${id}`), { caller: 'ada' });
  await push('before');
  const restarting = postgres.restart();
  const refused = await push('during').catch((error: unknown) => error);
  // Either it was quicker than the restart, or it is told that it may ask again.
  expect(refused).toMatchObject(refused instanceof Error ? { code: 'UNAVAILABLE' } : { requestDiffers: false });
  await restarting;
  await waitUntil(() => push('during'), { describe: 'a push succeeds after the restart' });
  const seen: string[] = [];
  const over = new AbortController();
  const reading = (async () => {
    const changes = following.client.readChanges({ after: 0n, follow: true }, { signal: over.signal });
    for await (const { changes: batch } of changes) seen.push(...batch.map(({ workflowId }) => workflowId));
  })().catch(() => undefined);
  await waitUntil(() => seen.length === 2);
  await push('after');
  await waitUntil(() => seen.length === 3);
  expect(seen).toEqual(['before', 'during', 'after']);
  over.abort();
  await reading;
});
