import { waitUntil } from '@maestro/testing';
import { postgresOutbox } from '../adapters/postgres/outbox-store.js';
import { chain, commitFixture, done, type CommitFixture, type TestReplica } from '../testing/commit-fixture.js';
import { queueKey } from './task-queue-key.js';

let fixture: CommitFixture;
let replica: TestReplica;
let workflowKey = 0n;

beforeAll(async () => {
  fixture = await commitFixture();
});
afterAll(() => fixture.stop());
beforeEach(() => {
  replica = fixture.replica();
  workflowKey += 1n;
});

async function rows(text: string): Promise<Record<string, unknown>[]> {
  return (await fixture.pool.query<Record<string, unknown>>(text)).rows;
}
const queue = async (): Promise<unknown> =>
  (
    await rows(
      `select running, queued, blocking_failed, next_instance::int as next from workflow_queue where workflow_key = ${String(workflowKey)}`,
    )
  )[0];
const status = async (runKey: bigint): Promise<unknown> =>
  (await rows(`select status from run where run_key = ${String(runKey)}`))[0]?.['status'];

describe('a start', () => {
  it('runs a chain that needs nothing from outside to its end in one commit', async () => {
    const { runKey, status: started } = await replica.start(chain('noops', 'NoOp', 100), 'r1', { workflowKey });
    expect(started).toBe('CREATED');
    expect(await rows(`select status, ver from run where run_key = ${String(runKey)}`)).toEqual([
      { status: 'SUCCEEDED', ver: 1 },
    ]);
    expect(
      await rows(`select count(*)::int as n from step where run_key = ${String(runKey)} and status = 'SUCCEEDED'`),
    ).toEqual([{ n: 100 }]);
    expect(await queue()).toEqual({ running: 0, queued: 0, blocking_failed: 0, next: 2 });
    expect(await rows(`select 1 from wakeup where run_key = ${String(runKey)}`)).toEqual([]);
  });

  it('with a known request id answers the existing instance, also within one batch', async () => {
    const workflow = chain('repeat', 'Echo', 1);
    const [first, second] = await Promise.all([
      replica.start(workflow, 'same', { workflowKey }),
      replica.start(workflow, 'same', { workflowKey }),
    ]);
    const third = await fixture.replica().start(workflow, 'same', { workflowKey });
    expect([first.status, second.status, third.status]).toEqual(['CREATED', 'DUPLICATED', 'DUPLICATED']);
    expect(new Set([first.runKey, second.runKey, third.runKey]).size).toBe(1);
    expect(await queue()).toMatchObject({ running: 1, next: 2 });
  });

  it('numbers instances densely when two replicas start at the same time', async () => {
    const other = fixture.replica();
    const workflow = chain('numbers', 'NoOp', 1);
    const starts = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? replica : other).start(workflow, `n${String(index)}`, { workflowKey }),
    );
    const ids = (await Promise.all(starts))
      .map(({ instanceId }) => Number(instanceId))
      .sort((left, right) => left - right);
    expect(ids).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('that cannot be written fails alone, and the rest of its batch goes on', async () => {
    const workflow = chain('good', 'NoOp', 1);
    // Postgres refuses a NUL character in text: a data error that no check before it knows.
    const bad = replica.start(chain('bad\u0000', 'NoOp', 1), 'bad', { workflowKey: workflowKey + 1_000n });
    const good = replica.start(workflow, 'good', { workflowKey });
    await expect(bad).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await good).status).toBe('CREATED');
  });
});

describe('a run strategy', () => {
  it('is not passed by a wake-up that comes for another reason', async () => {
    const workflow = chain('early', 'NoOp', 1);
    const waiting = chain('early', 'Echo', 1);
    await replica.start(waiting, 'first', { workflowKey, rule: 'SEQUENTIAL', concurrency: 1 });
    const { runKey } = await replica.start(workflow, 'second', { workflowKey, rule: 'SEQUENTIAL', concurrency: 1 });
    expect(await replica.event(runKey, { type: 'run-launched', at: Date.now() })).toBe('ended');
    expect(await status(runKey)).toBe('CREATED');
  });

  it('keeps a sequential workflow at one running instance and admits the next in the commit of an end', async () => {
    const workflow = chain('seq', 'Echo', 1);
    const seed = { workflowKey, rule: 'SEQUENTIAL', concurrency: 1 } as const;
    const [first, second] = [await replica.start(workflow, 'a', seed), await replica.start(workflow, 'b', seed)];
    expect(await queue()).toMatchObject({ running: 1, queued: 1 });
    expect(replica.sent).toHaveLength(1);
    await replica.event(first.runKey, done({ ordinal: 0, attempt: 1, dispatch: 1 }));
    expect(await queue()).toMatchObject({ running: 1, queued: 0 });
    expect(replica.woken.map(({ runKey }) => runKey)).toContain(second.runKey);
    await replica.event(second.runKey, { type: 'run-launched', at: Date.now() });
    expect(replica.sent).toHaveLength(2);
    await replica.event(second.runKey, done({ ordinal: 0, attempt: 1, dispatch: 1 }));
    expect([await status(first.runKey), await status(second.runKey)]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(await queue()).toMatchObject({ running: 0, queued: 0 });
  });

  it('lets a start be that comes together with the end of all', async () => {
    const workflow = chain('together', 'Echo', 1);
    const seed = { workflowKey, rule: 'SEQUENTIAL', concurrency: 1 } as const;
    await replica.start(workflow, 'a', seed);
    const act = { type: 'end-all', end: 'kill', by: 'ann', reason: 'test' } as const;
    const ended = new Promise((settle, fail) => replica.loop.submit({ kind: 'queue', workflowKey, act, settle, fail }));
    const { runKey } = await replica.start(workflow, 'b', seed);
    expect(await ended).toMatchObject({ queued: 0, running: 1 });
    expect(await status(runKey)).toBe('CREATED');
    expect(await queue()).toMatchObject({ running: 1, queued: 1 });
  });

  it('FIRST_ONLY records a second instance as stopped', async () => {
    const workflow = chain('first', 'Echo', 1);
    const seed = { workflowKey, rule: 'FIRST_ONLY', concurrency: 1 } as const;
    await replica.start(workflow, 'a', seed);
    const second = await replica.start(workflow, 'b', seed);
    expect(second.status).toBe('STOPPED');
    expect(await status(second.runKey)).toBe('STOPPED');
  });

  it('LAST_ONLY stops what waits and leaves word for what runs', async () => {
    const workflow = chain('last', 'Echo', 1);
    const seed = { workflowKey, rule: 'LAST_ONLY', concurrency: 1 } as const;
    const running = await replica.start(workflow, 'a', seed);
    const waiting = await replica.start(workflow, 'b', seed);
    const newest = await replica.start(workflow, 'c', seed);
    expect([await status(running.runKey), await status(waiting.runKey), await status(newest.runKey)]).toEqual([
      'IN_PROGRESS',
      'STOPPED',
      'CREATED',
    ]);
    const actions = await rows(
      `select event ->> 'type' as type from pending_action where run_key = ${String(running.runKey)}`,
    );
    expect(actions[0]).toEqual({ type: 'stop-requested' });
    expect(await queue()).toMatchObject({ running: 1, queued: 1 });
  });
});

describe('two replicas with the same run', () => {
  it('decide again on fresh state when theirs was stale, and count each event once', async () => {
    const other = fixture.replica();
    const { runKey } = await replica.start(chain('shared', 'Echo', 3), 'r', { workflowKey });
    expect(await other.event(runKey, done({ ordinal: 0, attempt: 1, dispatch: 1 }))).toBe('accepted');
    // This replica still remembers the run as it was after its start.
    expect(await replica.event(runKey, done({ ordinal: 0, attempt: 1, dispatch: 1 }))).toBe('ended');
    expect(await replica.event(runKey, done({ ordinal: 1, attempt: 1, dispatch: 1 }))).toBe('accepted');
    expect(await other.event(runKey, done({ ordinal: 2, attempt: 1, dispatch: 1 }))).toBe('accepted');
    expect(await status(runKey)).toBe('SUCCEEDED');
    expect(await rows(`select count(*)::int as n from step where run_key = ${String(runKey)}`)).toEqual([{ n: 3 }]);
  });
});

describe('what a batch decided to send', () => {
  it('stays in the outbox when it could not be sent, and the relay sends what is still open', async () => {
    replica.broken = true;
    const { runKey } = await replica.start(chain('relay', 'Echo', 2), 'r', { workflowKey });
    const relayed: unknown[] = [];
    const outbox = postgresOutbox(fixture.pool);
    await waitUntil(
      async () => {
        await outbox.relayLapsed((messages) => {
          relayed.push(...messages.filter((message) => message.runKey === runKey));
          return Promise.resolve();
        });
        return relayed.length > 0;
      },
      { describe: 'the relay has sent the dispatch' },
    );
    expect(relayed).toMatchObject([{ ordinal: 0, attempt: 1, dispatch: 1 }]);
    expect(await rows(`select 1 from outbox o where o.messages is not null and length(o.messages) > 0`)).toEqual([]);
  });

  it('waits in Postgres while the pool is full, and goes out when it is released', async () => {
    const full = fixture.replica(0);
    const { runKey } = await full.start(chain('full', 'Echo', 1), 'r', { workflowKey });
    expect(full.sent).toEqual([]);
    expect(await rows(`select pool, ordinal from ready where run_key = ${String(runKey)}`)).toEqual([
      { pool: queueKey({ pool: 'default', stepType: 'Echo', tenant: 'default' }), ordinal: 0 },
    ]);
    await replica.event(runKey, { type: 'attempt-released', at: Date.now(), ordinal: 0, attempt: 1, dispatch: 1 });
    expect(replica.sent).toMatchObject([{ runKey, dispatch: 1 }]);
    expect(await rows(`select 1 from ready where run_key = ${String(runKey)}`)).toEqual([]);
  });
});

describe('a claim', () => {
  it('is a row until the attempt ends', async () => {
    const { runKey } = await replica.start(chain('claims', 'Echo', 1), 'r', { workflowKey });
    const ref = { ordinal: 0, attempt: 1, dispatch: 1 };
    expect(await replica.event(runKey, { type: 'attempt-claimed', at: Date.now(), ...ref, executorId: 'e1' })).toBe(
      'accepted',
    );
    expect(await replica.event(runKey, { type: 'attempt-claimed', at: Date.now(), ...ref, executorId: 'e2' })).toBe(
      'held',
    );
    expect(await rows(`select holder from claim where run_key = ${String(runKey)}`)).toEqual([{ holder: 'e1' }]);
    await replica.event(runKey, done(ref));
    expect(await rows(`select 1 from claim where run_key = ${String(runKey)}`)).toEqual([]);
    expect(await status(runKey)).toBe('SUCCEEDED');
  });
});
