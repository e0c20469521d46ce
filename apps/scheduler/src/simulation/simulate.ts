import { isTerminalInstance, isTerminalStep } from '@maestro/domain';
import { bodyOf } from '@maestro/engine';
import { headerOf } from '../adapters/postgres/run.js';
import { Catalog } from './catalog.js';
import { Chaos } from './chaos.js';
import { Cluster } from './cluster.js';
import { drawFaults, type FaultRates } from './faults.js';
import { checkEnd } from './final-checks.js';
import { Invariants } from './invariants.js';
import type { Recorder } from './memory/recorded.js';
import { Random } from './random.js';
import type { Tamper } from './tamper.js';
import { Truth } from './truth.js';
import { Violation } from './violation.js';
import { Workload } from './workload.js';
import { World } from './world.js';

const START = Date.UTC(2026, 0, 1);
const SECOND = 1_000;
/** What has not ended this long after all faults are over is stuck: more than any evaluation or start takes to be asked for again. */
const PATIENCE_MS = 30 * 60 * SECOND;
/** After the last end: messages on their way arrive, or are sent again (6 s); shards of a replica that died last are taken (6 s); what is left is deleted. */
const SETTLE_MS = 15 * SECOND;
const LOOK_EVERY = 32;
/** A seed takes some thousand effects: one that takes so many runs in circles. */
const MAX_STEPS = 150_000;

/** SimulateOptions: a trace costs time; `tamper` breaks something on purpose. */
export interface SimulateOptions {
  readonly trace?: boolean;
  readonly tamper?: Tamper;
  /** What breaks, and how often; without it the seed draws it. */
  readonly faults?: FaultRates | undefined;
  /** Is told of all that is asked of the rows. */
  readonly record?: Recorder;
}

/** Simulated is what became of one seed. */
export interface Simulated {
  readonly seed: number;
  /** undefined: nothing happened that must not. */
  readonly failure: unknown;
  readonly steps: number;
  readonly commits: number;
  readonly runs: number;
  readonly executions: number;
  /** Milliseconds that have passed in the simulation. */
  readonly elapsed: number;
  readonly trace: readonly string[];
}

/** simulate plays one seed: the same seed plays the same way. */
export async function simulate(
  seed: number,
  { trace = false, tamper = {}, faults, record }: SimulateOptions = {},
): Promise<Simulated> {
  const random = new Random(seed);
  const world = new World(random.fork(), START, trace);
  const truth = new Truth(({ runKey, ordinal, attempt, dispatch }) =>
    cluster.invariants?.started(runKey, ordinal, attempt, dispatch),
  );
  const highWater = random.pick([1, 3, 64]);
  const cluster: Cluster = new Cluster({
    world,
    catalog: new Catalog(random.fork()),
    truth,
    tamper,
    highWater,
    record,
  });
  const invariants = new Invariants(cluster.tables);
  cluster.invariants = invariants;
  const span = random.between(2, 12) * SECOND;
  for (let replica = 0; replica < 2 + random.below(2); replica += 1) cluster.startReplica();
  for (let executor = 0; executor < 2; executor += 1) cluster.startExecutor(`executor-${executor}`);
  const workload = new Workload(cluster, random.fork());
  const chaos = new Chaos(cluster, random.fork(), faults ?? drawFaults(random));
  workload.begin(span);
  chaos.begin();
  world.after(span, 'all faults are over', undefined, () => {
    chaos.end();
    workload.care();
  });
  await play(cluster, workload, START + span);
  return {
    seed,
    failure: world.failure,
    steps: world.steps,
    commits: invariants.commits,
    runs: cluster.tables.runs.size,
    executions: truth.executions,
    elapsed: world.now - START,
    trace: world.trace,
  };
}

/** play lets things happen until all runs have ended and everything has settled. */
async function play(cluster: Cluster, workload: Workload, faultsEnd: number): Promise<void> {
  const { world } = cluster;
  let settledAt = Infinity;
  while (world.failure === undefined && world.now < settledAt) {
    if (!(await world.step())) break;
    if (world.steps % LOOK_EVERY !== 0 || world.now < faultsEnd) continue;
    if (!workload.done || hasOpenRuns(cluster)) settledAt = Infinity;
    else if (settledAt === Infinity) settledAt = world.now + SETTLE_MS;
    if (world.now > faultsEnd + PATIENCE_MS || world.steps > MAX_STEPS)
      world.failure = new Violation('nothing is stuck at the end', describeOpen(cluster));
  }
  if (world.failure === undefined) world.guard(() => checkEnd(cluster));
}

function hasOpenRuns({ tables }: Cluster): boolean {
  for (const { status } of tables.runs.values()) if (!isTerminalInstance(status)) return true;
  return tables.pending.size > 0;
}

function describeOpen({ tables, catalog }: Cluster): string {
  const open = [...tables.runs.values()].filter(({ status }) => !isTerminalInstance(status));
  const runs = open.map((run) => {
    const { steps } = bodyOf(catalog.planOf(run.workflow_key), headerOf(run));
    const rows = [...(tables.steps.get(run.run_key)?.values() ?? [])].filter(({ status }) => !isTerminalStep(status));
    const waiting = rows.map(
      ({ ordinal, attempt, dispatch, status }) => `${steps[ordinal]?.type} ${ordinal}/${attempt}/${dispatch} ${status}`,
    );
    const place = run.admitted ? '' : ' (waits in its queue)';
    return `${run.workflow_id} ${run.run_key} ${run.status}${place} due ${run.wake_at ?? 'never'}: ${waiting.join(', ')}`;
  });
  const permits = [...tables.permits.values()].map(
    ({ runKey, ordinal, attempt, tag, granted }) =>
      `${runKey}/${ordinal}/${attempt} ${granted ? 'holds' : 'waits for'} ${tag}`,
  );
  return `${open.length} runs, ${tables.pending.size} events left; ${[...runs, ...permits].join('; ')}`;
}
