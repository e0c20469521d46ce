import type { Workflow } from '@maestro/domain';
import { makeRunKey } from '@maestro/domain';
import { compilePlan } from '@maestro/engine';
import { isDataError } from '@maestro/postgres';
import { createCompiler } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { addLaunch, emptyAssembly } from '../../commit/assemble.js';
import type { StartInput } from '../../commit/input.js';
import { startedRun } from '../../commit/launch-run.js';
import { PoolRoom } from '../../commit/pool-room.js';
import { LimitedTags } from '../../permits/limited-tags.js';
import type { LockRequest, RunStore } from '../../ports/run-store.js';
import { AT_ONCE, type WakeupStore } from '../../ports/wakeup-store.js';
import type { BatchRows } from '../../rows/batch-rows.js';
import type { QueueRow } from '../../rows/queue-row.js';
import { originOf } from '../../testing/stored-runs.js';

const AT = Date.UTC(2026, 0, 1);
let serial = 0n;
const next = (): bigint => (serial += 1n);

/** A queue row that has never been there. */
function queue(): QueueRow {
  const workflowKey = next();
  const counts = { nextInstance: 1n, running: 0, queued: 0, blockingFailed: 0, paused: false, closed: false };
  const settings = { rule: 'SEQUENTIAL', concurrency: 1, revision: 1n, activeVersion: 1n } as const;
  return { workflowKey, workflowId: `w${workflowKey}`, tenant: 'default', ...settings, ...counts };
}

/** The rows of a new run whose only step is dispatched. */
function started(): { readonly runKey: bigint; readonly rows: BatchRows } {
  const workflow: Workflow = { id: 'w', steps: [{ kind: 'step', id: 'a', type: 'Echo' }] };
  const plan = compilePlan({
    workflowKey: 1n,
    version: 1n,
    workflow,
    compiler: createCompiler({ cacheSize: 10 }),
    stepType,
  });
  const runKey = makeRunKey({ retentionClass: 0, at: AT, shard: 3, sequence: Number(next() % 8_192n) });
  const request = { initiator: { type: 'MANUAL', user: { name: 'ann' } }, requestId: `r${runKey}` } as const;
  const input = { seed: queue(), plan, request, origin: originOf('w', request) } as unknown as StartInput;
  const deps = { limited: new LimitedTags(), breakpoints: { of: () => [] }, newRunKey: () => runKey };
  const place = { runKey, instanceId: 1n, runId: 1n, at: AT };
  const assembly = emptyAssembly(AT);
  addLaunch(
    assembly,
    startedRun(deps, input, place),
    new PoolRoom({ highWater: () => 9, withLabels: () => undefined }, () => AT),
  );
  return { runKey, rows: assembly.rows };
}

const nothing: BatchRows = { ...emptyAssembly(AT).rows };
const asking = (over: Partial<LockRequest>): LockRequest => ({
  seeds: [],
  workflowKeys: [],
  requests: [],
  heads: [],
  runs: [],
  ...over,
});

/** Opened is a store that holds nothing. */
export interface Opened {
  readonly store: RunStore;
  readonly wakeups: WakeupStore;
  close(): Promise<void>;
}

/** runStoreContract is what the commit loop relies on: rows in memory and Postgres both keep it. */
export function runStoreContract(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened;
    let store: RunStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    /** A stored run, at version 1. */
    async function stored(): Promise<bigint> {
      const { runKey, rows } = started();
      expect(await store.commitDirect(rows)).toBe('committed');
      return runKey;
    }

    it('reads what was written, and leaves out what is not there', async () => {
      const runKey = await stored();
      const [run, other] = await store.load([runKey, 1n]);
      expect(other).toBeUndefined();
      expect(run).toMatchObject({ ver: 1, admitted: true, header: { runKey, status: 'IN_PROGRESS', open: 1 } });
      expect(run?.steps).toMatchObject([{ ordinal: 0, attempt: 1, dispatch: 1, status: 'STARTING' }]);
    });

    it('writes nothing of a batch of which one run has moved', async () => {
      const [runKey, other] = [await stored(), started()];
      const versions = [{ runKey, ver: 2 }];
      expect(await store.commitDirect({ ...other.rows, versions })).toBe('moved');
      expect(await store.load([other.runKey])).toEqual([]);
    });

    it('tells under its locks which runs have moved', async () => {
      const [same, moved] = [await stored(), await stored()];
      const transaction = await store.begin(
        asking({
          runs: [
            { runKey: same, ver: 1 },
            { runKey: moved, ver: 7 },
          ],
        }),
      );
      expect([...transaction.locked.runs]).toEqual([same]);
      await transaction.rollback();
    });

    it('makes a queue of its seed once, and not at all when it is rolled back', async () => {
      const seed = queue();
      const request = asking({ seeds: [seed], workflowKeys: [seed.workflowKey] });
      const first = await store.begin(request);
      expect(first.locked.queues.get(seed.workflowKey)).toMatchObject({ running: 0, nextInstance: 1n });
      await first.rollback();
      const bare = await store.begin(asking({ workflowKeys: [seed.workflowKey] }));
      expect(bare.locked.queues.size).toBe(0);
      await bare.rollback();
      const again = await store.begin(request);
      await again.commit({ ...nothing, queues: [{ ...seed, running: 1, nextInstance: 2n }] });
      const known = await store.begin(request);
      expect(known.locked.queues.get(seed.workflowKey)).toMatchObject({ running: 1, nextInstance: 2n });
      await known.rollback();
    });

    it('lets a second transaction wait for a queue, and see what the first has made of it', async () => {
      const seed = queue();
      const request = asking({ seeds: [seed], workflowKeys: [seed.workflowKey] });
      const first = await store.begin(request);
      const order: string[] = [];
      const second = store.begin(asking({ workflowKeys: [seed.workflowKey] })).then((transaction) => {
        order.push('second has it');
        return transaction;
      });
      order.push('first commits');
      await first.commit({ ...nothing, queues: [{ ...seed, running: 1 }] });
      const transaction = await second;
      expect(order).toEqual(['first commits', 'second has it']);
      expect(transaction.locked.queues.get(seed.workflowKey)).toMatchObject({ running: 1 });
      await transaction.rollback();
    });

    it('commits on assumptions only while they hold', async () => {
      const seed = queue();
      await (await store.begin(asking({ seeds: [seed], workflowKeys: [seed.workflowKey] }))).commit(nothing);
      const commit = (assumed: QueueRow): Promise<string> =>
        store.commitDirect({ ...nothing, queues: [{ ...seed, running: 1 }] }, { queues: [assumed], requests: [] });
      expect(await commit({ ...seed, queued: 4 })).toBe('moved');
      expect(await commit(seed)).toBe('committed');
      expect(await commit(seed)).toBe('moved');
    });

    it('knows a batch by its outbox row until that is deleted', async () => {
      const batchId = next();
      const outbox = { batchId, writer: 'replica', messages: new Uint8Array([1]) };
      await store.commitDirect({ ...nothing, outbox });
      expect(await store.wasCommitted(batchId, 'replica')).toBe(true);
      await store.commitDirect({ ...nothing, outboxDone: [batchId] });
      expect(await store.wasCommitted(batchId, 'replica')).toBe(false);
    });

    it('wakes a run for each act that was left with it, until that act is done', async () => {
      const { wakeups } = opened;
      const runKey = makeRunKey({ retentionClass: 0, at: AT, shard: 5, sequence: 1 });
      const leave = (): Promise<unknown> =>
        store.commitDirect({ ...nothing, pendingActions: [{ runKey, event: '{"type":"run-launched","at":1}' }] });
      await leave();
      const [early] = await wakeups.due([5], AT, 10);
      const [act] = await wakeups.pendingActions([runKey]);
      await leave();
      expect(early?.dueAt).toBeLessThanOrEqual(AT_ONCE);
      await store.commitDirect({ ...nothing, pendingActionsDone: [{ runKey, id: act?.id ?? 0n }] });
      const left = await wakeups.due([5], AT, 10);
      expect(left).toMatchObject([{ runKey }]);
      expect(left[0]?.dueAt).not.toBe(early?.dueAt);
    });

    it('refuses a batch that comes after the answer that it was not committed', async () => {
      const batchId = next();
      const outbox = { batchId, writer: 'replica', messages: new Uint8Array([1]) };
      expect(await store.wasCommitted(batchId, 'replica')).toBe(false);
      await expect(store.commitDirect({ ...nothing, outbox })).rejects.toThrow();
      expect(await store.wasCommitted(batchId, 'replica')).toBe(false);
    });

    it('refuses a second run of the same key as an error of the data', async () => {
      const { rows } = started();
      await store.commitDirect(rows);
      const failure = await store.commitDirect(rows).catch((error: unknown) => error);
      expect(isDataError(failure)).toBe(true);
    });

    it('marks a queued run as admitted and raises its version', async () => {
      const runKey = await stored();
      await store.commitDirect({ ...nothing, admitted: [runKey] });
      expect(await store.load([runKey])).toMatchObject([{ ver: 2, admitted: true, wakeAt: AT }]);
    });

    it('parks a run with the reason that was given first', async () => {
      const runKey = await stored();
      await store.park(runKey, 'first', [{ type: 'timer-fired', at: AT }]);
      await store.park(runKey, 'second', []);
      expect(await store.load([runKey])).toMatchObject([{ ver: 3, parkedReason: 'first' }]);
    });
  });
}
