import type { Step, Workflow } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import { postgresPermits } from '../adapters/postgres/permit-store.js';
import { postgresWakeups } from '../adapters/postgres/wakeup-store.js';
import { readLimits } from '../loops/watch-permits.js';
import { commitFixture, done, type CommitFixture, type TestReplica } from '../testing/commit-fixture.js';

const LIMIT = 2;
const script = { script: { type: 'STRING', value: 'run' } } as const;

/** Steps side by side; every third one needs both tags. */
function work(id: string, steps: number): Workflow {
  const step = (index: number): Step => ({
    kind: 'step',
    id: `s${String(index)}`,
    type: 'Shell',
    params: script,
    tags: index % 3 === 0 ? [{ name: 'db' }, { name: 'gpu' }] : [{ name: index % 3 === 1 ? 'db' : 'gpu' }],
  });
  return { id, steps: Array.from({ length: steps }, (_, index) => step(index)) };
}

/** What the timers of the real system do: runs that were woken read what was left for them. */
async function deliver(fixture: CommitFixture, replica: TestReplica): Promise<void> {
  const runKeys = replica.woken.splice(0).map(({ runKey }) => runKey);
  const actions = await postgresWakeups(fixture.pool).pendingActions([...new Set(runKeys)]);
  await Promise.all(
    actions.map(
      ({ runKey, id, event }) =>
        new Promise((settle, fail) =>
          replica.loop.submit({ kind: 'event', runKey, event, pendingActionId: id, settle, fail }),
        ),
    ),
  );
}

describe('permits', () => {
  let fixture: CommitFixture;
  beforeAll(async () => {
    fixture = await commitFixture();
  });
  afterAll(() => fixture.stop());

  const count = async (sql: string): Promise<number> => {
    const { rows } = await fixture.pool.query<{ n: bigint }>(sql);
    return Number(rows[0]?.n ?? -1);
  };

  it('are never granted above the limit by two replicas, and are all given back', async () => {
    const permits = postgresPermits(fixture.pool);
    await permits.setLimit({ tenant: 'default', name: 'db', limit: LIMIT }, Date.now());
    await permits.setLimit({ tenant: 'default', name: 'gpu', limit: LIMIT }, Date.now());
    const replicas = [fixture.replica(), fixture.replica()];
    for (const { limited } of replicas) await readLimits({ permits, limited });
    await Promise.all(
      replicas.map((replica, index) =>
        replica.start(work(`w${String(index)}`, 12), `r${String(index)}`, { workflowKey: BigInt(index + 1) }),
      ),
    );
    expect(await count(`select count(*) as n from permit where not granted`)).toBeGreaterThan(0);
    let ended = 0;
    await waitUntil(
      async () => {
        for (const replica of replicas) {
          const mine = replica.sent.splice(0).filter(({ subject }) => subject.startsWith('maestro.tasks'));
          const over = await count(
            `select count(*) as n from (select tag from permit where granted group by tag having count(*) > ${String(LIMIT)}) t`,
          );
          expect(over).toBe(0);
          await Promise.all(mine.map((message) => replica.event(message.runKey, done(message))));
          ended += mine.length;
        }
        for (const from of replicas) for (const to of replicas) if (from !== to) to.woken.push(...from.woken);
        for (const replica of replicas) await deliver(fixture, replica);
        return ended === 24;
      },
      { timeoutMs: 20_000, describe: 'all steps have run' },
    );
    expect(await count('select count(*) as n from permit')).toBe(0);
    expect(await count('select sum(held) as n from permit_tag')).toBe(0);
    expect(await count(`select count(*) as n from run where status = 'SUCCEEDED'`)).toBe(2);
  }, 60_000);

  it('are granted to those who wait when a limit is raised, and nobody asks once it is taken away', async () => {
    const permits = postgresPermits(fixture.pool);
    await permits.setLimit({ tenant: 'default', name: 'maestro_w9', limit: 0 }, Date.now());
    const replica = fixture.replica();
    await readLimits({ permits, limited: replica.limited });
    await replica.start(work('w9', 2), 'r9', { workflowKey: 9n });
    expect(replica.sent.filter(({ subject }) => subject.startsWith('maestro.tasks'))).toEqual([]);
    await permits.setLimit({ tenant: 'default', name: 'maestro_w9', limit: 5 }, Date.now());
    const tags = await permits.withRoom();
    const { told } = await permits.admit(tags, Date.now());
    replica.woken.push(...told.map((runKey) => ({ runKey, at: 0 })));
    await deliver(fixture, replica);
    expect(replica.sent.filter(({ subject }) => subject.startsWith('maestro.tasks'))).toHaveLength(2);
    await permits.setLimit({ tenant: 'default', name: 'maestro_w9', limit: undefined }, Date.now());
    await readLimits({ permits, limited: replica.limited });
    expect(replica.limited.limit({ tenant: 'default', name: 'maestro_w9' })).toBeUndefined();
  }, 60_000);
});
