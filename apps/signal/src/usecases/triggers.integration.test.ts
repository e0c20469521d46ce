import type { SignalTrigger } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import type { Announced } from '../ports/announcement.js';
import type { Fired } from '../ports/triggers.js';
import { announcementOf, signalFixture, signalProcess, type SignalFixture } from '../testing/signal-fixture.js';
import { triggerUuid } from './trigger-identity.js';

let fixture: SignalFixture;
let nextKey = 100n;
let request = 0;
beforeAll(async () => void (fixture = await signalFixture()));
afterAll(() => fixture.stop());

interface Workflow {
  readonly workflowId: string;
  readonly workflowKey: bigint;
}

function workflow(workflowId: string): Workflow {
  nextKey += 1n;
  return { workflowId, workflowKey: nextKey };
}

function subscribe(of: Workflow, revision: bigint, ...triggers: SignalTrigger[]): Promise<number> {
  return subscribeSince(Number.MAX_SAFE_INTEGER, of, revision, ...triggers);
}

function subscribeSince(
  since: number,
  { workflowId, workflowKey }: Workflow,
  revision: bigint,
  ...triggers: SignalTrigger[]
): Promise<number> {
  const subscribed = triggers.map((trigger) => ({ uuid: triggerUuid(workflowId, trigger), trigger }));
  const wanted = { workflowId, workflowKey, tenant: 'default', revision, since, triggers: subscribed };
  return fixture.triggers.subscribe(wanted);
}

function announce(name: string, params: Record<string, string | bigint> = {}, by = fixture): Promise<Announced> {
  request += 1;
  return by.announcer.announce(announcementOf(name, { params, requestId: `r${request}` }));
}

/** Takes all that fired. */
async function takeFired(): Promise<readonly Fired[]> {
  const all: Fired[] = [];
  for (let taken: readonly Fired[] = []; (taken = await fixture.fired.take(500)).length > 0;) all.push(...taken);
  await fixture.fired.settle(all.map(({ matchId }) => ({ matchId, outcome: { state: 'DROPPED', detail: 'test' } })));
  return all;
}

/** Takes all that fired of a workflow, with the numbers of its signals. */
async function firedOf({ workflowId }: Workflow): Promise<readonly Record<string, bigint>[]> {
  return (await takeFired())
    .filter((each) => each.workflowId === workflowId)
    .map(({ signals }) => Object.fromEntries(Object.entries(signals).map(([name, { seqId }]) => [name, seqId])));
}

test('a trigger of one signal fires with each that matches', async () => {
  const wf = workflow('one');
  const matchParams = { region: { value: 'eu', operator: '=' }, wm: { value: 100n, operator: '>=' } } as const;
  await subscribe(wf, 1n, { definitions: { orders: { matchParams } } });
  await announce('orders', { region: 'us', wm: 100n });
  await announce('orders', { region: 'eu', wm: 99n });
  await announce('orders', { region: 'eu', wm: 100n });
  await announce('orders', { region: 'eu', wm: 101n, more: 'x' });
  expect(await firedOf(wf)).toEqual([{ orders: 3n }, { orders: 4n }]);
});

test('a join fires once for each key, in whatever order 1,000 of them come, and uses the oldest first', async () => {
  const wf = workflow('join');
  const definitions = { a: { joinKeys: ['k'] }, b: { joinKeys: ['key'] } };
  await subscribe(wf, 1n, { definitions });
  const KEYS = 1_000;
  const asks = Array.from({ length: 2 * KEYS }, (_, n) => ({
    at: (n * 7_919) % (2 * KEYS),
    key: BigInt(n >> 1),
    of: n % 2,
  }));
  asks.sort((left, right) => left.at - right.at);
  const other = await signalProcess(fixture.url);
  await Promise.all(
    asks.map(({ key, of }, n) =>
      announce(of === 0 ? 'a' : 'b', { [of === 0 ? 'k' : 'key']: key }, n % 2 === 0 ? fixture : other),
    ),
  );
  await other.stop();
  const fired = await firedOf(wf);
  expect(fired).toHaveLength(KEYS);
  expect(new Set(fired.map(({ a }) => a)).size).toBe(KEYS);
  expect(new Set(fired.map(({ b }) => b)).size).toBe(KEYS);
});

test('each signal is used once; what has no key joins with nothing', async () => {
  const wf = workflow('once');
  await subscribe(wf, 1n, { definitions: { left: { joinKeys: ['k'] }, right: { joinKeys: ['k'] } } });
  await announce('left', { k: 'x' });
  await announce('left', { k: 'x' });
  await announce('left');
  await announce('right', { k: 'y' });
  await announce('right', { k: 'x' });
  expect(await firedOf(wf)).toEqual([{ left: 1n, right: 2n }]);
  await announce('right', { k: 'x' });
  await announce('right', { k: 'x' });
  await announce('left', { k: 'x' });
  expect(await firedOf(wf)).toEqual([
    { left: 2n, right: 3n },
    { left: 4n, right: 4n },
  ]);
});

test('only signals announced after the subscription count, whatever numbers the names stand at', async () => {
  for (let n = 0; n < 10; n += 1) await announce('aaa');
  for (let n = 0; n < 3; n += 1) await announce('bbb');
  const wf = workflow('baseline');
  await subscribe(wf, 1n, { definitions: { aaa: {}, bbb: {} } });
  await announce('bbb');
  expect(await firedOf(wf)).toEqual([]);
  await announce('aaa');
  expect(await firedOf(wf)).toEqual([{ aaa: 11n, bbb: 4n }]);
});

test('what was announced since the definition changed counts, however late the trigger is known', async () => {
  const before = await announce('looked', { k: 'x' });
  await announce('back', { k: 'x' });
  const later = async (): Promise<number> => (await announce('other')).signal.createTime;
  const since = await waitUntil(async () => ((await later()) > before.signal.createTime + 1 ? later() : undefined));
  await Promise.all(Array.from({ length: 700 }, (_, n) => announce('looked', { k: `n${n}` })));
  await announce('back', { k: 'n699' });
  const [alone, join, none] = [workflow('late'), workflow('late-join'), workflow('too-late')];
  const only = (value: string) => ({ k: { value, operator: '=' } }) as const;
  const joined = { definitions: { looked: { joinKeys: ['k'] }, back: { joinKeys: ['k'] } } };
  expect(await subscribeSince(since, alone, 1n, { definitions: { looked: { matchParams: only('n5') } } })).toBe(1);
  expect(await subscribeSince(since, none, 1n, { definitions: { looked: { matchParams: only('x') } } })).toBe(0);
  expect(await subscribeSince(since, join, 1n, joined)).toBe(1);
  // What is known already is not looked at again.
  expect(await subscribeSince(0, join, 2n, joined)).toBe(0);
  await announce('back', { k: 'n5' });
  const fired = await takeFired();
  expect(fired.filter(({ workflowId }) => workflowId === 'late')).toMatchObject([
    { signals: { looked: { params: { k: 'n5' } } } },
  ]);
  const joins = fired
    .filter(({ workflowId }) => workflowId === 'late-join')
    .map(({ signals }) => signals['back']?.params);
  expect(joins).toEqual([{ k: 'n699' }, { k: 'n5' }]);
});

test('a trigger that stays keeps what it has gathered; one that goes, or is switched off, forgets it', async () => {
  const wf = workflow('versions');
  const stays: SignalTrigger = { definitions: { s1: {}, s2: {} } };
  const goes: SignalTrigger = { definitions: { s1: {}, s3: {} } };
  await subscribe(wf, 1n, stays, goes);
  await announce('s1');
  await subscribe(wf, 2n, stays);
  await announce('s3');
  await announce('s2');
  expect(await firedOf(wf)).toEqual([{ s1: 1n, s2: 1n }]);
  await announce('s1');
  await subscribe(wf, 3n);
  await subscribe(wf, 4n, stays);
  await announce('s2');
  expect(await firedOf(wf)).toEqual([]);
});

test('an older state of a workflow never replaces a newer one', async () => {
  const wf = workflow('late');
  await subscribe(wf, 5n, { definitions: { new: {} } });
  await subscribe(wf, 4n, { definitions: { old: {} } });
  await announce('old');
  await announce('new');
  expect(await firedOf(wf)).toEqual([{ new: 1n }]);
});

test('what fired is handed to one taker at a time, and again when nobody says what became of it', async () => {
  const wf = workflow('taken');
  await subscribe(wf, 1n, { definitions: { tick: {} } });
  await announce('tick');
  const [first, second] = await Promise.all([fixture.fired.take(10), fixture.fired.take(10)]);
  const [taken] = [...first, ...second];
  expect([...first, ...second]).toHaveLength(1);
  await fixture.fired.settle([
    { matchId: taken?.matchId ?? 0n, outcome: { state: 'PENDING', detail: 'away', afterMs: 0 } },
  ]);
  const [again] = await fixture.fired.take(10);
  expect(again).toMatchObject({ matchId: taken?.matchId, attempts: 2 });
  await fixture.fired.settle([
    { matchId: again?.matchId ?? 0n, outcome: { state: 'STARTED', instanceId: 1n, runId: 1n } },
  ]);
  expect(await fixture.fired.take(10)).toEqual([]);
});
