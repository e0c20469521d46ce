import { makeRunKey, type Workflow } from '@maestro/domain';
import { silentLogger } from '@maestro/telemetry';
import { postgresOldPartitions } from '../adapters/postgres/old-partitions.js';
import { ensurePartitions, ensurePartitionsOf, readPartitions } from '../adapters/postgres/partitions.js';
import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { retentionClassOf } from '../retention/retention-class.js';
import { NOW, storedRuns, type StoredRuns } from '../testing/stored-runs.js';
import { expireRuns } from './expire-runs.js';

const DAY = 24 * 3_600_000;
const OLD = NOW - 200 * DAY;
const OLDER = OLD - 30 * DAY;
const WORKFLOW: Workflow = { id: 'nightly', steps: [{ kind: 'step', id: 'one', type: 'NoOp' }] };
const SLEEPS: Workflow = { id: 'sleeps', steps: [{ kind: 'step', id: 'one', type: 'Sleep' }] };

let runs: StoredRuns;
let workflowKey = 0n;

beforeEach(async () => {
  runs = await storedRuns();
  workflowKey += 1n;
  for (const at of [OLDER, OLD]) await ensurePartitions(runs.pool, at);
});

afterEach(() => runs.stop());

interface Begun {
  readonly instanceId: bigint;
  readonly at: number;
  readonly runId?: bigint;
  readonly workflow?: Workflow;
}

/** Starts a run, which ends at once unless its workflow sleeps. */
async function begun({ workflow = WORKFLOW, ...options }: Begun): Promise<bigint> {
  const run = await runs.start(workflow, { workflowKey, ...options });
  await run.apply({ type: 'run-launched', at: options.at });
  return run.runKey;
}

/** A copy of a run that has ended, begun by another one: as an iteration of its loop, or as a run of its own. */
async function below(runKey: bigint, parent: bigint, at: number, body: string | null): Promise<bigint> {
  const child = makeRunKey({ retentionClass: 0, at, shard: 1, sequence: Number(parent % 8_000n) });
  await runs.pool.query(
    `insert into run (${COPIED}, run_key, parent_run_key, body)
     select ${COPIED}, $2, $3, $4 from run where run_key = $1`,
    [runKey, child, parent, body],
  );
  return child;
}

const COPIED = `ver, engine_level, workflow_key, workflow_id, version, instance_id, run_id, tenant, status, admitted, create_time,
  start_time, end_time, modify_time, progress, origin, run_policy, correlation_id, params`;

const partitions = (archiveSchema?: string) => postgresOldPartitions(runs.pool, { archiveSchema });

function expire(archiveSchema?: string, at = NOW): Promise<void> {
  return expireRuns({
    partitions: partitions(archiveSchema),
    retentionDays: 90,
    logger: silentLogger,
    now: () => at,
  });
}

async function kept(): Promise<bigint[]> {
  const { rows } = await runs.pool.query<{ run_key: bigint }>('select run_key from run order by create_time, run_key');
  return rows.map(({ run_key }) => run_key);
}

async function identities(): Promise<bigint[]> {
  const { rows } = await runs.pool.query<{ instance_id: bigint }>('select instance_id from instance_run order by 1');
  return rows.map(({ instance_id }) => instance_id);
}

test('runs past their retention are gone, with their steps, timelines and identities; lists still page over the others', async () => {
  for (let instance = 1n; instance <= 3n; instance += 1n) await begun({ instanceId: instance, at: OLD });
  const young: bigint[] = [];
  for (let instance = 4n; instance <= 6n; instance += 1n) young.push(await begun({ instanceId: instance, at: NOW }));
  await expire();
  expect(await kept()).toEqual(young);
  expect(await identities()).toEqual([4n, 5n, 6n]);
  expect((await runs.pool.query('select distinct run_key from step')).rowCount).toBe(3);
  expect((await readPartitions(runs.pool)).filter(({ endsAt }) => endsAt < NOW - 90 * DAY)).toEqual([]);
  const reader = postgresRunReader(runs.pool);
  const first = await reader.list({ workflowId: 'nightly' }, { size: 2, direction: 'older' });
  expect(first.items.map(({ header }) => header.instanceId)).toEqual([6n, 5n]);
  const next = await reader.list({ workflowId: 'nightly' }, { size: 2, direction: 'older', cursor: 5n });
  expect(next.items.map(({ header }) => header.instanceId)).toEqual([4n]);
});

test('a week stays while a run of it is under way, or an ancestor of one, or an iteration of a loop that goes on', async () => {
  const sleeping = await begun({ workflow: SLEEPS, instanceId: 1n, at: OLDER });
  const ended = await begun({ instanceId: 2n, at: OLD });
  await expire();
  expect(await kept()).toEqual([sleeping]);

  await ensurePartitions(runs.pool, OLD);
  const again = await begun({ instanceId: 3n, at: OLD });
  expect(again).not.toBe(ended);
  const iteration = await below(again, sleeping, OLD + 1, '["loop"]');
  await expire();
  expect(await kept()).toContain(iteration);
});

test('a week stays while a run under way comes from it', async () => {
  const parent = await begun({ instanceId: 1n, at: OLDER });
  const middle = await below(parent, parent, OLD, null);
  const child = await begun({ workflow: SLEEPS, instanceId: 2n, at: NOW });
  await runs.pool.query('update run set parent_run_key = $2 where run_key = $1', [child, middle]);
  await expire();
  expect(await kept()).toEqual(expect.arrayContaining([parent, middle, child]));
});

test('what a restarted run points at stays as long as that run does, with what had run below it', async () => {
  const first = await begun({ instanceId: 1n, at: OLDER });
  await runs.pool.query('update run set end_time = $2 where run_key = $1', [first, OLD + DAY]);
  const iteration = await below(first, first, OLD, '["loop"]');
  const second = await begun({ instanceId: 1n, runId: 2n, at: NOW });
  await expire();
  expect(await kept()).toEqual(expect.arrayContaining([first, iteration, second]));
  await expire(undefined, NOW + 200 * DAY);
  expect(await kept()).toEqual([]);
  expect(await identities()).toEqual([]);
});

test('each class of retention has its own weeks and its own time', async () => {
  const short = retentionClassOf({ tags: [{ name: 'retention.7d' }] });
  await ensurePartitionsOf(runs.pool, short, NOW - 30 * DAY);
  await ensurePartitions(runs.pool, NOW - 30 * DAY);
  const usual = await begun({ instanceId: 1n, at: NOW - 30 * DAY });
  await expire();
  expect(await kept()).toEqual([usual]);
  expect((await readPartitions(runs.pool)).filter(({ retentionClass }) => retentionClass === short)).toEqual([]);
});

test('lists over all workflows are in the order of time, whatever the class of the runs', async () => {
  const forever = retentionClassOf({ tags: [{ name: 'retention.forever' }] });
  await ensurePartitionsOf(runs.pool, forever, NOW);
  for (let instance = 1n; instance <= 3n; instance += 1n)
    await begun({ instanceId: instance, at: NOW + Number(instance) });
  const [, middle] = await kept();
  await runs.pool.query('update run set run_key = run_key | ($2::bigint << 60) where run_key = $1', [middle, forever]);
  await runs.pool.query('update instance_run set run_key = run_key | ($2::bigint << 60) where run_key = $1', [
    middle,
    forever,
  ]);
  const reader = postgresRunReader(runs.pool);
  const newest = await reader.list({}, { size: 2, direction: 'older' });
  expect(newest.items.map(({ header }) => header.instanceId)).toEqual([3n, 2n]);
  const oldest = await reader.list({}, { size: 2, direction: 'older', cursor: newest.older ?? 0n });
  expect(oldest.items.map(({ header }) => header.instanceId)).toEqual([1n]);
  const back = await reader.list({}, { size: 1, direction: 'newer', cursor: oldest.newer ?? 0n });
  expect(back.items.map(({ header }) => header.instanceId)).toEqual([2n]);
});

test('an id that is pushed again after its workflow was deleted sees nothing of the runs before, which stay until they expire', async () => {
  const before = await begun({ instanceId: 1n, at: OLD });
  await runs.queue(workflowKey, { closed: true });
  workflowKey += 1n;
  const after = await begun({ instanceId: 1n, at: NOW });
  expect(await kept()).toEqual([before, after]);
  const reader = postgresRunReader(runs.pool);
  const listed = await reader.list({ workflowId: 'nightly' }, { size: 5, direction: 'older' });
  expect(listed.items.map(({ header }) => header.runKey)).toEqual([after]);
  await expire();
  expect(await kept()).toEqual([after]);
});

test('what is archived is moved to a schema of its own', async () => {
  const old = await begun({ instanceId: 1n, at: OLD });
  await expire('scheduler_archive');
  expect(await kept()).toEqual([]);
  const { rows } = await runs.pool.query<{ name: string }>(
    `select table_name::text as name from information_schema.tables where table_schema = 'scheduler_archive' and table_name like 'run_%'`,
  );
  const counts = await Promise.all(
    rows.map(({ name }) => runs.pool.query<{ run_key: bigint }>(`select run_key from scheduler_archive.${name}`)),
  );
  expect(counts.flatMap((found) => found.rows)).toEqual([{ run_key: old }]);
});

test('one replica does it at a time', async () => {
  let inside: boolean | undefined;
  const outside = await partitions().alone(async () => {
    inside = await partitions().alone(() => Promise.resolve());
  });
  expect([outside, inside]).toEqual([true, false]);
});

test('what a crash has left detached is finished by the next round, or comes back when it was restarted meanwhile', async () => {
  const old = await begun({ instanceId: 1n, at: OLD });
  const older = await begun({ instanceId: 2n, at: OLDER });
  await partitions().alone(async (leased) => {
    for (const partition of await leased.all()) if (partition.endsAt < NOW - 90 * DAY) await leased.detach(partition);
  });
  expect(await kept()).toEqual([]);
  const restarted = await begun({ instanceId: 2n, runId: 2n, at: NOW });
  await expire();
  expect(await kept()).toEqual([older, restarted]);
  expect(await identities()).toEqual([2n, 2n]);
  expect(await kept()).not.toContain(old);
});
