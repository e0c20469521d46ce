import { isTerminalInstance, type RunKey, type StepStatus } from '@maestro/domain';
import { bodyOf, leavesOf, type LeafCounts, type StepState } from '@maestro/engine';
import { shardOf } from '@maestro/domain';
import type { Cluster } from './cluster.js';
import { loadRuns } from './memory/read-runs.js';
import type { StoredRun } from '../ports/run-store.js';
import { Violation } from './violation.js';

/** checkEnd checks what must be when everything has ended: nothing is left over, and sums are right. */
export function checkEnd(cluster: Cluster): void {
  const { tables, invariants } = cluster;
  const left = {
    'queue entries': tables.entries.size,
    claims: tables.claims.size,
    'attempts that wait for room': tables.ready.size,
    permits: tables.permits.size,
    'parked events': tables.parked.size,
    'outbox rows': tables.outbox.size,
  };
  for (const [what, count] of Object.entries(left))
    if (count > 0) throw new Violation('nothing is left over', `${count} ${what}`);
  const wakeups = [...tables.wakeups.values()];
  if (wakeups.length > 0)
    throw new Violation(
      'nothing is left over',
      `wakeups of ${wakeups.map(({ runKey, dueAt }) => `${runKey} (shard ${shardOf(runKey)}) at ${dueAt}`).join(', ')}`,
    );
  for (const queue of tables.queues.values()) invariants?.checkQueue(queue);
  invariants?.checkPermits();
  checkSums(cluster);
}

/** The roll-up of every run is the sum of its parts, counted one by one. */
function checkSums(cluster: Cluster): void {
  const runs = new Map(
    loadRuns(cluster.tables, [...cluster.tables.runs.keys()]).map((run) => [run.header.runKey, run]),
  );
  const hasRestarts = [...runs.values()].some(
    ({ header, steps }) => header.restart !== undefined || steps.some((step) => step.manualRetries !== undefined),
  );
  if (hasRestarts) return;
  for (const run of runs.values()) checkRun(cluster, runs, run);
}

function checkRun(cluster: Cluster, runs: ReadonlyMap<RunKey, StoredRun>, { header, steps }: StoredRun): void {
  if (!isTerminalInstance(header.status)) throw new Violation('nothing is stuck at the end', `run ${header.runKey}`);
  const plan = bodyOf(cluster.catalog.planOf(header.workflowKey), header);
  const latest = new Map(steps.map((step) => [step.ordinal, step]));
  const told = leavesOf(header.counts, plan, (ordinal) => latest.get(ordinal));
  const counted = countLeaves(runs, header.runKey, steps);
  if (!isSame(told, counted))
    throw new Violation(
      'the roll-up equals the sum of its parts',
      `run ${header.runKey} says ${JSON.stringify(told)} and has ${JSON.stringify(counted)}`,
    );
}

function countLeaves(runs: ReadonlyMap<RunKey, StoredRun>, runKey: RunKey, steps: readonly StepState[]): LeafCounts {
  const total: Partial<Record<StepStatus, number>> = {};
  const add = (status: StepStatus, count: number): void => void (total[status] = (total[status] ?? 0) + count);
  // What a run took over from the one before it counts there.
  for (const step of steps.filter(({ inherited }) => inherited === undefined)) {
    const below = latestRuns(
      [...runs.values()].filter(
        ({ header: { parent }, steps: inner }) =>
          parent?.runKey === runKey &&
          parent.ordinal === step.ordinal &&
          parent.attempt === step.attempt &&
          inner.length > 0,
      ),
    );
    if (below.length === 0) add(step.status, 1);
    for (const run of below)
      for (const [status, count] of Object.entries(countLeaves(runs, run.header.runKey, run.steps)))
        add(status as StepStatus, count);
  }
  return total;
}

/** An iteration that was restarted while its loop ran has several runs: the latest counts. */
function latestRuns(runs: readonly StoredRun[]): readonly StoredRun[] {
  const isLater = (other: StoredRun, { header }: StoredRun): boolean =>
    other.header.instanceId === header.instanceId &&
    other.header.workflowId === header.workflowId &&
    other.header.runId > header.runId;
  return runs.filter((run) => !runs.some((other) => isLater(other, run)));
}

function isSame(left: LeafCounts, right: LeafCounts): boolean {
  const statuses = new Set([...Object.keys(left), ...Object.keys(right)]) as Set<StepStatus>;
  return [...statuses].every((status) => (left[status] ?? 0) === (right[status] ?? 0));
}
