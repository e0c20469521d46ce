import type { SignalTrigger } from '@maestro/domain';
import { announcementOf, signalFixture, type SignalFixture } from '../testing/signal-fixture.js';
import { signalGraph } from './signal-graph.js';
import { triggerUuid } from './trigger-identity.js';

let fixture: SignalFixture;
beforeAll(async () => void (fixture = await signalFixture()));
afterAll(() => fixture.stop());

function step(workflowId: string, stepId = 'a') {
  return { workflowId, instanceId: 1n, runId: 1n, stepId, stepAttemptId: 1n, stepInstanceId: 1n };
}

let runKey = 0n;
function wait(workflowId: string, ...names: string[]) {
  runKey += 1n;
  const dependencies = names.map((name) => ({ name, matchParams: {}, status: 'PENDING' as const }));
  return { runKey, ordinal: 0, attempt: 1, step: step(workflowId), tenant: 'default', replicaId: 'r', dependencies };
}

function subscribe(workflowId: string, workflowKey: bigint, trigger: SignalTrigger): Promise<number> {
  const triggers = [{ uuid: triggerUuid(workflowId, trigger), trigger }];
  return fixture.triggers.subscribe({
    workflowId,
    workflowKey,
    tenant: 'default',
    revision: 1n,
    since: Number.MAX_SAFE_INTEGER,
    triggers,
  });
}

const emit = (workflowId: string, name: string, requestId = `${workflowId}/${name}`) =>
  fixture.announcer.announce(announcementOf(name, { requestId, source: step(workflowId) }));

test('a signal is traced to who announced it, whom it freed and what it started; a run to all its signals', async () => {
  const { lineage, waits, fired } = fixture;
  await subscribe('started', 7n, { definitions: { table: {} } });
  await waits.open([wait('freed', 'table', 'never')]);
  await emit('producer', 'table');
  const [firing] = await fired.take(10);
  await fired.settle([{ matchId: firing?.matchId ?? 0n, outcome: { state: 'STARTED', instanceId: 4n, runId: 1n } }]);
  const consumers = await lineage.consumersOf('table', 1n, 10);
  expect(consumers.freed).toEqual([{ step: step('freed'), matchTime: expect.any(Number) as number }]);
  expect(consumers.fired).toMatchObject([
    { workflowId: 'started', state: 'STARTED', started: { instanceId: 4n, runId: 1n }, signalIds: { table: 1n } },
  ]);
  const run = (workflowId: string, instanceId = 1n) => lineage.run({ workflowId, instanceId, runId: 1n }, 10);
  expect(await run('freed')).toMatchObject({
    consumed: [{ dependency: { name: 'table', signalId: 1n, status: 'MATCHED' } }],
    awaited: [{ dependency: { name: 'never', status: 'PENDING' } }],
    emitted: [],
  });
  expect((await run('producer')).emitted).toMatchObject([{ name: 'table', seqId: 1n, source: step('producer') }]);
  expect((await run('started', 4n)).startedBy).toMatchObject({ firingId: firing?.matchId, signalIds: { table: 1n } });
});

test('the graph shows workflows upstream and downstream, as far as it was asked for', async () => {
  await subscribe('g3', 8n, { definitions: { 'g2-out': {} } });
  await fixture.waits.open([wait('g2', 'g1-out'), wait('g4', 'g3-out'), wait('g1', 'outside')]);
  await emit('g1', 'g1-out');
  await emit('g2', 'g2-out');
  await emit('g3', 'g3-out');
  const near = await signalGraph(fixture.lineage, 'g2', 1);
  expect(near.edges).toEqual([
    { from: 'g1', signal: 'g1-out', to: 'g2', kind: 'STEP' },
    { from: 'g2', signal: 'g2-out', to: 'g3', kind: 'TRIGGER' },
  ]);
  const far = await signalGraph(fixture.lineage, 'g2', 0);
  expect(new Set(far.workflowIds)).toEqual(new Set(['g2', 'g1', 'g3', 'g4']));
  expect(far.edges).toContainEqual({ from: '', signal: 'outside', to: 'g1', kind: 'STEP' });
  await expect(signalGraph(fixture.lineage, 'g2', 11)).rejects.toThrow(/1\.\.10/);
});

test('instances are searched by params and time, and names by prefix', async () => {
  for (const day of [1n, 2n, 3n])
    await fixture.announcer.announce(announcementOf('find', { params: { day, region: day === 2n ? 'us' : 'eu' } }));
  const ask = { size: 10, direction: 'older' } as const;
  const found = async (filter: Parameters<SignalFixture['signals']['list']>[2]) =>
    (await fixture.signals.list('find', ask, filter)).items.map(({ seqId }) => seqId);
  const eu = { region: { value: 'eu', operator: '=' } } as const;
  expect(await found({ matchParams: {} })).toEqual([3n, 2n, 1n]);
  expect(await found({ matchParams: eu })).toEqual([3n, 1n]);
  expect(await found({ matchParams: { ...eu, day: { value: 1n, operator: '>' } } })).toEqual([3n]);
  expect(await found({ matchParams: {}, since: Date.now() + 1_000_000 })).toEqual([]);
  const names = await fixture.signals.names({ prefix: 'g', after: 'g1-out', limit: 2 });
  expect(names).toEqual([
    { name: 'g2-out', lastSeq: 1n },
    { name: 'g3-out', lastSeq: 1n },
  ]);
});

test('what is old is deleted but for the latest of each name, what a join holds and what is waited for', async () => {
  await subscribe('join', 9n, { definitions: { held: {}, other: {} } });
  for (const n of [1n, 2n, 3n]) await fixture.announcer.announce(announcementOf('held', { params: { n } }));
  for (const n of [1n, 2n, 3n]) await fixture.announcer.announce(announcementOf('aged', { params: { n } }));
  await fixture.waits.open([wait('waiting', 'nobody')]);
  await fixture.retention.deleteOlder(Date.now() + 86_400_000, 5_000);
  const left = async (name: string) =>
    (await fixture.signals.list(name, { size: 10, direction: 'older' }, { matchParams: {} })).items.map(
      ({ seqId }) => seqId,
    );
  expect(await left('aged')).toEqual([3n]);
  expect(await left('held')).toEqual([3n, 2n, 1n]);
  const { awaited } = await fixture.lineage.run({ workflowId: 'waiting', instanceId: 1n, runId: 1n }, 10);
  expect(awaited).toHaveLength(1);
});
