import { readConfig } from '@maestro/config';
import { createChannel, createClient, openDuplex, type Channel, type ClientOf } from '@maestro/grpc';
import { connectMessaging, DEFINITION_CHANGED, type Messaging } from '@maestro/messaging';
import { DefinitionService } from '@maestro/proto/maestro/definition/v1/definition_service';
import { silentLogger } from '@maestro/telemetry';
import {
  evaluationWorker,
  startNats,
  testDatabase,
  waitUntil,
  type TestDatabase,
  type TestNats,
} from '@maestro/testing';
import { pushRequestToProto, validateRequestToProto } from '@maestro/wire';
import { compose, type DefinitionProcess } from './compose.js';
import { definitionConfig } from './config.js';
import { MIGRATIONS, pushOf } from './testing/definition-fixture.js';

let database: TestDatabase;
let nats: TestNats;
const replicas: DefinitionProcess[] = [];
const channels: Channel[] = [];
const clients: ClientOf<typeof DefinitionService>[] = [];
const metricsPorts: number[] = [];
const CALL = { caller: 'ada' };

async function startReplica(): Promise<void> {
  const argv = ['--postgres-url', database.url, '--nats-url', nats.url, '--log-level', 'fatal'];
  const replica = compose(readConfig(definitionConfig, { argv, env: {} }), evaluationWorker());
  const { grpcPort, metricsPort } = await replica.start();
  const channel = createChannel({ address: `127.0.0.1:${grpcPort}`, services: [DefinitionService] });
  replicas.push(replica);
  channels.push(channel);
  clients.push(createClient(DefinitionService, channel));
  metricsPorts.push(metricsPort);
}

function client(replica = 0): ClientOf<typeof DefinitionService> {
  const found = clients[replica];
  if (found === undefined) throw new Error(`no replica ${replica}`);
  return found;
}

function push(id: string, requestId = '', replica = 0) {
  return client(replica).pushWorkflow(pushRequestToProto(pushOf(id), requestId), CALL);
}

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase({ migrations: [MIGRATIONS] }), startNats()]);
  await startReplica();
  await startReplica();
});

afterAll(async () => {
  for (const channel of channels) channel.close();
  await Promise.all(replicas.map((replica) => replica.stop()));
  await Promise.all([database.stop(), nats.stop()]);
});

test('a change without a caller is refused', async () => {
  const push = client().pushWorkflow(pushRequestToProto(pushOf('nobody'), ''));
  await expect(push).rejects.toMatchObject({ code: 'MISSING_CALLER' });
});

test('a push is answered with its definition, and read back by every replica', async () => {
  const { definition, requestDiffers } = await push('orders', 'r1');
  expect(definition).toMatchObject({ isActive: true, metadata: { workflowVersionId: 1n } });
  expect(requestDiffers).toBe(false);
  const read = await client(1).getWorkflow({ workflowId: 'orders', version: 'active' });
  expect(read.definition).toEqual(definition);
  expect((await push('orders', 'r1', 1)).definition).toEqual(definition);
});

test('a definition that is not valid is refused with every violation, and a valid one is told to be so', async () => {
  const bad = validateRequestToProto({ workflow: { id: 'maestro_bad', steps: [] } });
  const refused = client().validateWorkflow(bad, CALL);
  await expect(refused).rejects.toMatchObject({ code: 'INVALID_DEFINITION' });
  const { timelineEvent } = await client().validateWorkflow(validateRequestToProto(pushOf('good')), CALL);
  expect(timelineEvent?.event).toMatchObject({ case: 'action', value: { action: 'VALIDATE', author: 'ada' } });
});

test('pushes are seen by an open resolve stream at once', async () => {
  const stream = openDuplex(DefinitionService.method.resolveVersions, channels[1] as Channel);
  const answers = stream.messages[Symbol.asyncIterator]();
  for (let version = 1n; version <= 5n; version += 1n) {
    await push('streamed');
    stream.write({
      correlation: version,
      selectors: [{ workflowId: 'streamed', version: 'active' }, { workflowId: 'no' }],
    });
    expect((await answers.next()).value).toMatchObject({
      correlation: version,
      outcomes: [
        { outcome: { case: 'resolved', value: { version } } },
        { outcome: { case: 'failure', value: { code: 'WORKFLOW_NOT_FOUND' } } },
      ],
    });
  }
  stream.end();
});

test('a follower of another replica hears a change promptly', async () => {
  const { definition } = await push('followed');
  const over = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    const changes = client(1).readChanges({ after: 0n, follow: true }, { signal: over.signal });
    for await (const { changes: batch } of changes) seen.push(...batch.map(({ workflowId }) => workflowId));
  })().catch(() => undefined);
  await waitUntil(() => seen.includes('followed'));
  await client().upsertTag({ workflowId: 'followed', tag: { name: 'later' } }, CALL);
  await waitUntil(() => seen.filter((id) => id === 'followed').length === 2, { timeoutMs: 1_000 });
  over.abort();
  await following;
  expect(definition?.workflowKey).toBeGreaterThan(0n);
});

test('a reader that does not follow is sent what there is, and the end', async () => {
  const sequences: bigint[] = [];
  for await (const { changes } of client().readChanges({ after: 0n }))
    sequences.push(...changes.map((it) => it.sequence));
  expect(sequences).toEqual(sequences.map((_, index) => BigInt(index + 1)));
});

test('a hint is published after a commit, and again when a process starts: one that died before it is made up for', async () => {
  const heard: string[] = [];
  const listener: Messaging = await connectMessaging({ url: nats.url, name: 'test', logger: silentLogger });
  const listening = listener.listen(DEFINITION_CHANGED, (_, __, subject) => void heard.push(subject));
  await push('hinted');
  await waitUntil(() => heard.length === 1);
  await startReplica();
  await waitUntil(() => heard.length === 2);
  await listening.stop();
  await listener.close();
});

test('lists are paged by keys in both directions, and filtered', async () => {
  for (const id of ['paged-1', 'paged-2', 'paged-3']) await push(id);
  const filter = { text: 'PAGED-' };
  const first = await client().listWorkflows({ filter, page: { pageSize: 2 } });
  expect(first.workflows.map(({ workflowId }) => workflowId)).toEqual(['paged-3', 'paged-2']);
  expect(first.page).toMatchObject({ totalCount: 3n, previousPageToken: '' });
  const next = { pageSize: 2, pageToken: first.page?.nextPageToken ?? '' };
  const second = await client().listWorkflows({ filter, page: next });
  expect(second.workflows.map(({ workflowId }) => workflowId)).toEqual(['paged-1']);
  expect(second.page?.nextPageToken).toBe('');
  const back = { pageSize: 2, pageToken: second.page?.previousPageToken ?? '' };
  expect((await client().listWorkflows({ filter, page: back })).workflows).toEqual(first.workflows);
  const other = client().listWorkflows({ filter: { text: 'other' }, page: next });
  await expect(other).rejects.toMatchObject({ code: 'INVALID_PAGE_TOKEN' });
  expect((await client().listWorkflows({ filter: { owner: 'eve' } })).workflows).toEqual([]);
});

test('timeline, history and overview tell what was changed', async () => {
  await push('told');
  await client().updateProperties({ workflowId: 'told', change: { stepConcurrency: 3 } }, CALL);
  await client().deactivateWorkflow({ workflowId: 'told' }, CALL);
  const { timelineEvents } = await client().getTimeline({ workflowId: 'told' });
  expect(timelineEvents.map(({ log }) => log)).toEqual([
    'Deactivated version 1',
    'Changed properties: step_concurrency',
    'Pushed version 1 and made it the active one',
  ]);
  const { snapshots, page } = await client().listPropertiesHistory({ workflowId: 'told' });
  expect(snapshots.map(({ properties }) => properties?.stepConcurrency)).toEqual([3, undefined]);
  expect(page?.totalCount).toBe(2n);
  const overview = await client().getOverview({ workflowId: 'told' });
  expect(overview).toMatchObject({ activeVersionId: 0n, latestVersionId: 1n, defaultVersionId: 1n });
  const { definitions } = await client().listVersions({ workflowId: 'told' });
  expect(definitions).toMatchObject([{ isActive: false, isLatest: true, isDefault: true }]);
});

test('the process is ready, and counts its calls', async () => {
  const at = `http://127.0.0.1:${metricsPorts[0]}`;
  expect((await fetch(`${at}/ready`)).status).toBe(200);
  expect(await (await fetch(`${at}/metrics`)).text()).toContain('grpc_server_duration_seconds');
});
