import type { AwaitedSignal, SignalMatches } from '@maestro/domain';
import type { MatchedWait, WaitAsk } from '../ports/waits.js';
import { announcementOf, signalFixture, type SignalFixture } from '../testing/signal-fixture.js';
import { answerSteps } from './step-signals.js';

let fixture: SignalFixture;
let nextRun = 0n;
beforeAll(async () => void (fixture = await signalFixture()));
afterAll(() => fixture.stop());

const STEP = { workflowId: 'wf', instanceId: 1n, runId: 1n, stepId: 'a', stepAttemptId: 1n, stepInstanceId: 1n };

function waitFor(name: string, matchParams: SignalMatches = {}, more: Partial<AwaitedSignal> = {}): WaitAsk {
  nextRun += 1n;
  const dependency: AwaitedSignal = { name, matchParams, status: 'PENDING', ...more };
  const key = { runKey: nextRun, ordinal: 0, attempt: 1 };
  return { ...key, step: STEP, tenant: 'default', replicaId: 'r1', dependencies: [dependency] };
}

async function open(...asks: WaitAsk[]): Promise<(readonly bigint[])[]> {
  const matched = await fixture.waits.open(asks);
  return matched.map((each) => each.map(({ signalId }) => signalId));
}

const announce = (name: string, params: Record<string, string | bigint> = {}) =>
  fixture.announcer.announce(announcementOf(name, { params, requestId: `${name}-${String(nextRun++)}` }));

/** What the schedulers have to hear of a wait. */
function heardOf({ runKey }: WaitAsk): readonly bigint[] {
  return fixture.matched.filter((each) => each.runKey === runKey).map(({ signalId }) => signalId);
}

test('a wait is freed by the announcement that comes after it, once', async () => {
  const ask = waitFor('later', { day: { value: 5n, operator: '>=' }, region: { value: 'eu', operator: '=' } });
  expect(await open(ask)).toEqual([[]]);
  await announce('later', { region: 'us', day: 9n });
  await announce('later', { region: 'eu', day: 4n });
  expect(heardOf(ask)).toEqual([]);
  await announce('later', { region: 'eu', day: 5n });
  await announce('later', { region: 'eu', day: 6n });
  expect(heardOf(ask)).toEqual([3n]);
  expect(await open(ask)).toEqual([[3n]]);
});

test('what was announced before frees a wait at once: the oldest, or the newest, since when it counts', async () => {
  for (const day of [1n, 2n, 3n]) await announce('before', { day, kind: day % 2n === 0n ? 'even' : 'odd' });
  const odd: SignalMatches = { kind: { value: 'odd', operator: '=' } };
  const second = (await fixture.signals.find('before', 2n))?.createTime ?? 0;
  expect(
    await open(
      waitFor('before'),
      waitFor('before', {}, { latest: true }),
      waitFor('before', odd),
      waitFor('before', odd, { latest: true }),
      waitFor('before', { ...odd, day: { value: 1n, operator: '>' } }),
      waitFor('before', { day: { value: 3n, operator: '<' } }, { latest: true }),
      waitFor('before', { day: { value: '1', operator: '=' } }),
      waitFor('before', {}, { since: second + 1_000_000 }),
    ),
  ).toEqual([[1n], [3n], [1n], [3n], [3n], [2n], [], []]);
});

test('waits and announcements that cross never miss each other', async () => {
  const asks = Array.from({ length: 150 }, (_, n) => waitFor('cross', { n: { value: BigInt(n), operator: '=' } }));
  const opened = asks.map((ask) => open(ask));
  const announced = asks.map((_, n) => announce('cross', { n: BigInt(n) }));
  const [atOnce] = await Promise.all([Promise.all(opened), Promise.all(announced)]);
  const freed = asks.map((ask, n) => [...(atOnce[n]?.[0] ?? []), ...heardOf(ask)]);
  expect(freed.map(({ length }) => length)).toEqual(asks.map(() => 1));
});

test('a wait that is closed is freed by nothing', async () => {
  const ask = waitFor('closed');
  await open(ask);
  await fixture.waits.close([ask]);
  await announce('closed');
  expect(heardOf(ask)).toEqual([]);
});

test('a match stays undelivered until the scheduler has heard of it', async () => {
  const ask = waitFor('told');
  await open(ask);
  await announce('told');
  const mine = async (): Promise<MatchedWait[]> =>
    (await fixture.waits.undelivered(0, 1_000)).filter(({ runKey }) => runKey === ask.runKey);
  const [match] = await mine();
  expect(match).toMatchObject({ signalId: 1n, replicaId: 'r1', position: 0 });
  if (match !== undefined) await fixture.waits.delivered([match]);
  expect(await mine()).toEqual([]);
});

test('an attempt announces its outputs once, however often it asks, and says who it is', async () => {
  const { announcer, waits, signals } = fixture;
  const key = { runKey: 77n, ordinal: 2, attempt: 1 };
  const outputs = [
    { name: 'out/a', params: { day: 7n }, payload: { rows: 5n } },
    { name: 'out/b', params: {} },
  ];
  const ask = { kind: 'announce' as const, key, step: STEP, tenant: 'default', outputs };
  const [first, again] = await Promise.all([
    answerSteps({ announcer, waits }, [ask]),
    answerSteps({ announcer, waits }, [ask]),
  ]);
  expect(first).toEqual(again);
  expect(first[0]?.announced?.map(({ signalId }) => signalId)).toEqual([1n, 1n]);
  const stored = await signals.find('out/a', 1n);
  expect(stored).toMatchObject({ source: STEP, payload: { rows: 5n, signal_source: { step_id: 'a' } } });
  const next = await answerSteps({ announcer, waits }, [{ ...ask, key: { ...key, attempt: 2 } }]);
  expect(next[0]?.announced?.map(({ signalId }) => signalId)).toEqual([2n, 2n]);
});

test('names that are not valid are refused, and only they', async () => {
  const { announcer, waits } = fixture;
  const bad = { kind: 'open' as const, wait: waitFor('no good!') };
  const good = { kind: 'open' as const, wait: waitFor('good') };
  const [refused, opened] = await answerSteps({ announcer, waits }, [bad, good]);
  expect(refused?.refused).toMatch(/no good!/);
  expect(opened).toEqual({ matched: [] });
});
