import type { Workflow } from '@maestro/domain';
import { connectMessaging, watchedRunSubject, type Messaging } from '@maestro/messaging';
import { silentLogger } from '@maestro/telemetry';
import { startNats, waitUntil, type TestNats } from '@maestro/testing';
import { NatsRunChanges } from '../adapters/nats/run-changes.js';
import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { RunWatchers } from '../commit/run-watchers.js';
import { NOW, storedRuns, type StoredRuns, type TestRun } from '../testing/stored-runs.js';
import { FOLLOW_TIMING, followRun, type FollowDeps, type RunProgress } from './follow-run.js';
import { WatchSlots } from './watch-slots.js';

let runs: StoredRuns;
let nats: TestNats;
const open: { messaging: Messaging; changes: NatsRunChanges }[] = [];

/** Without a hint nothing is looked at before a test is over. */
const ONLY_HINTS = { ...FOLLOW_TIMING, firstLookMs: 60_000 };

/** A replica's part in following: its own connection, changes and watchers. */
async function replica(replicaId: string, timing = ONLY_HINTS) {
  const messaging = await connectMessaging({ url: nats.url, name: replicaId, logger: silentLogger });
  const changes = new NatsRunChanges({ messaging, replicaId, now: () => Date.now() });
  open.push({ messaging, changes });
  const deps: FollowDeps & { watchers: RunWatchers } = {
    reader: postgresRunReader(runs.pool),
    definitions: runs.definitions,
    watchers: new RunWatchers(),
    changes,
    slots: new WatchSlots(2),
    timing,
  };
  return { deps, changes, messaging };
}

beforeAll(async () => {
  [runs, nats] = await Promise.all([storedRuns(), startNats()]);
});
afterAll(async () => {
  await Promise.all(open.map(({ changes }) => changes.stop()));
  await Promise.all(open.map(({ messaging }) => messaging.close()));
  await Promise.all([runs.stop(), nats.stop()]);
});

const WORKFLOW: Omit<Workflow, 'id'> = {
  steps: [
    { kind: 'step', id: 'first', type: 'NoOp', transition: { successors: { work: 'true' } } },
    { kind: 'step', id: 'work', type: 'Shell', params: { script: { type: 'STRING', value: 'true' } } },
  ],
};
const WORK = { ordinal: 1, attempt: 1, dispatch: 1 };
const claim = { type: 'attempt-claimed', at: NOW + 1, ...WORK, executorId: 'sh-1' } as const;
const end = { type: 'attempt-ended', at: NOW + 2, ...WORK, outcome: 'DONE', timeline: [] } as const;

async function launched(id: string, workflowKey: bigint): Promise<TestRun> {
  const run = await runs.start({ id, ...WORKFLOW }, { workflowKey, instanceId: 1n });
  await run.apply({ type: 'run-launched', at: NOW });
  return run;
}

/** Collects what a follower is given; `done` resolves when the stream ends. */
function follow(deps: FollowDeps, workflowId: string, signal = new AbortController().signal) {
  const seen: RunProgress[] = [];
  const done = (async () => {
    for await (const progress of followRun(deps, { workflowId, instanceId: 1n, runId: 0n }, signal))
      seen.push(progress);
  })();
  return { seen, done };
}

const changedIds = ({ plan, changed }: RunProgress) => [...(changed ?? [])].map((ordinal) => plan.steps[ordinal]?.id);

test('a follower is given the run whole, then only the steps that changed, to the end', async () => {
  const run = await launched('local', 1n);
  const { deps } = await replica('one');
  const { seen, done } = follow(deps, 'local');
  await waitUntil(() => seen.length === 1);
  expect(seen[0]).toMatchObject({ changed: undefined, run: { attempts: [{ status: 'SUCCEEDED' }, { ordinal: 1 }] } });
  await run.apply(claim);
  deps.watchers.notify(run.runKey, { header: run.state.header, steps: [], timeline: [] });
  await waitUntil(() => seen.length === 2);
  expect(changedIds(seen[1]!)).toEqual(['work']);
  expect(seen[1]?.run.attempts.find(({ ordinal }) => ordinal === 1)).toMatchObject({
    claimedBy: 'sh-1',
    params: { script: { evaluatedResult: 'true' } },
  });
  await run.apply(end);
  deps.watchers.notify(run.runKey, { header: run.state.header, steps: [], timeline: [] });
  await done;
  expect(seen.at(-1)?.run.header.status).toBe('SUCCEEDED');
});

test('commits of another replica are heard by hints, and those of runs that nobody follows are not published', async () => {
  const run = await launched('remote', 2n);
  const [here, there] = [await replica('here'), await replica('there')];
  const published: string[] = [];
  const listening = here.messaging.listen(watchedRunSubject(run.runKey), () => void published.push('followed'));
  const others = here.messaging.listen(watchedRunSubject(999n), () => void published.push('not followed'));
  const { seen, done } = follow(here.deps, 'remote');
  await waitUntil(() => seen.length === 1);
  await run.apply(claim);
  // Told again and again: the other replica hears of the interest in its own time.
  await waitUntil(() => {
    there.changes.committed(999n);
    there.changes.committed(run.runKey);
    return seen.length === 2;
  });
  await run.apply(end);
  there.changes.committed(run.runKey);
  await done;
  expect(seen.at(-1)?.run.header.status).toBe('SUCCEEDED');
  expect(new Set(published)).toEqual(new Set(['followed']));
  await Promise.all([listening.stop(), others.stop()]);
});

test('a hint that was lost costs a second look, nothing more', async () => {
  const run = await launched('lost', 3n);
  const { deps } = await replica('deaf', { ...FOLLOW_TIMING, firstLookMs: 100 });
  const { seen, done } = follow(deps, 'lost');
  await waitUntil(() => seen.length === 1);
  await run.apply(claim);
  await run.apply(end);
  await done;
  expect(seen).toHaveLength(2);
});

test('a follower that takes its time gets the newest state once', async () => {
  const run = await launched('slow', 4n);
  const { deps } = await replica('slow');
  const progress = followRun(deps, { workflowId: 'slow', instanceId: 1n, runId: 1n }, new AbortController().signal);
  await progress.next();
  for (const event of [claim, end]) {
    await run.apply(event);
    deps.watchers.notify(run.runKey, { header: run.state.header, steps: [], timeline: [] });
  }
  const next = await progress.next();
  expect((next.value as RunProgress).run.header.status).toBe('SUCCEEDED');
  expect(await progress.next()).toMatchObject({ done: true });
});

test('an ended run is told once; an unknown one is refused; streams are bounded and give their slot back', async () => {
  const { deps } = await replica('bounded');
  const ended = follow(deps, 'slow');
  await ended.done;
  expect(ended.seen).toHaveLength(1);
  await expect(follow(deps, 'nowhere').done).rejects.toMatchObject({ code: 'INSTANCE_NOT_FOUND' });
  await launched('open', 5n);
  const over = new AbortController();
  const [one, two] = [follow(deps, 'open', over.signal), follow(deps, 'open', over.signal)];
  await waitUntil(() => one.seen.length + two.seen.length === 2);
  await expect(follow(deps, 'open').done).rejects.toMatchObject({ code: 'OVERLOADED' });
  over.abort();
  await Promise.all([one.done, two.done]);
  await follow(deps, 'slow').done;
});
