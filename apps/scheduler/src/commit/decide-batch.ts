import type { Millis, RunKey, WorkflowKey } from '@maestro/domain';
import { decide } from '@maestro/engine';
import { retentionClassOf } from '../retention/retention-class.js';
import type { CommitDeps } from './commit-deps.js';
import type { Gathered, RunEvents } from './mailbox.js';
import { startedRun } from './launch-run.js';
import { restartedRun } from './restarted-run.js';
import { iterationLauncher } from './new-iterations.js';
import type { RunRecord } from './run-record.js';
import { loadRecords, type Found } from './load-records.js';
import type { Batch } from './batch.js';
import type { EventInput, StartInput } from './input.js';
import type { NewRun, RunWork, StartWork } from './work.js';

/** ForeseenInstances guesses the next instance number of a workflow; a wrong guess costs one more decision. */
export interface ForeseenInstances {
  get(workflowKey: WorkflowKey): bigint | undefined;
  set(workflowKey: WorkflowKey, next: bigint): unknown;
}

/** loadMissing finds the runs of a batch: in the cache, or in one round trip. Keys of no run are left out. */
export async function loadMissing(deps: CommitDeps, runs: readonly RunEvents[]): Promise<Map<RunKey, Found>> {
  const found = new Map<RunKey, Found>();
  const missing: RunKey[] = [];
  for (const { runKey } of runs) {
    const record = deps.cache.get(runKey);
    if (record === undefined) missing.push(runKey);
    else found.set(runKey, record);
  }
  if (missing.length === 0) return found;
  for (const record of await loadRecords(deps, missing)) found.set(record.runKey, record.found);
  return found;
}

/** decideBatch decides everything that was gathered. Events of runs that do not exist (any more) are late. */
export function decideBatch(
  deps: CommitDeps,
  gathered: Gathered,
  found: ReadonlyMap<RunKey, Found>,
  foreseen: ForeseenInstances,
): Batch {
  const at = deps.now();
  const runs = gathered.runs.flatMap((entry) => decideRun(deps, entry, found.get(entry.runKey), at));
  const starts = gathered.starts.flatMap((input) => decideStart(deps, input, at, foreseen));
  return { id: deps.newBatchId(), at, runs, starts, queueActs: gathered.queueActs };
}

function decideRun(deps: CommitDeps, entry: RunEvents, found: Found | undefined, at: Millis): RunWork[] {
  const { runKey } = entry;
  const inputs = found === undefined || found instanceof Error ? entry.inputs : withoutEarlyLaunch(entry, found);
  if (found === undefined) {
    for (const input of inputs) input.settle('ended');
    return [];
  }
  if (found instanceof Error) {
    for (const input of inputs) input.fail(found);
    return [];
  }
  const events = inputs.map(({ event }) => event);
  if (found.parkedReason !== undefined) return keepForUnpark(deps, runKey, inputs, found.parkedReason);
  try {
    const iterations: NewRun[] = [];
    const launcher = iterationLauncher(deps, found.plan, at, iterations);
    const { tenant, workflowKey } = found.state.header;
    const [isLimited, breakpoints] = [deps.limited.of(tenant), deps.breakpoints.of(workflowKey)];
    const decision = decide(found.plan, found.state, events, launcher, isLimited, breakpoints);
    return [{ runKey, record: found, inputs, decision, iterations }];
  } catch (error) {
    deps.logger.error({ err: error, runKey: String(runKey) }, 'a run cannot be decided and is parked');
    deps.metrics.parked();
    deps.cache.drop(runKey);
    return keepForUnpark(deps, runKey, inputs, error instanceof Error ? error.message : String(error));
  }
}

/** A wake-up means a launch only to a run that was admitted: one that waits in its queue may be woken for other reasons. */
function withoutEarlyLaunch({ inputs }: RunEvents, { admitted }: RunRecord): readonly EventInput[] {
  if (admitted) return inputs;
  const [early, rest] = partition(inputs, ({ event }) => event.type === 'run-launched');
  for (const input of early) input.settle('ended');
  return rest;
}

function partition<T>(items: readonly T[], belongs: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/** A parked run's events are stored, and replayed when somebody unparks it. */
function keepForUnpark(deps: CommitDeps, runKey: RunKey, inputs: readonly EventInput[], reason: string): RunWork[] {
  const events = inputs.map(({ event }) => event);
  deps.store.park(runKey, reason, events).then(
    () => inputs.forEach((input) => input.settle('accepted')),
    (error: unknown) =>
      inputs.forEach((input) => input.fail(error instanceof Error ? error : new Error(String(error)))),
  );
  return [];
}

function decideStart(deps: CommitDeps, input: StartInput, at: Millis, foreseen: ForeseenInstances): StartWork[] {
  const runKey = deps.newRunKey(at, undefined, retentionClassOf(input.plan.workflow));
  const instanceId = foreseen.get(input.seed.workflowKey) ?? 1n;
  try {
    if (input.restart) return [{ input, runKey, run: restartedRun(deps, input, input.restart, runKey, at) }];
    const run = startedRun(deps, input, { runKey, instanceId, runId: 1n, at });
    foreseen.set(input.seed.workflowKey, instanceId + 1n);
    return [{ input, runKey, run }];
  } catch (error) {
    input.fail(error instanceof Error ? error : new Error(String(error)));
    return [];
  }
}
