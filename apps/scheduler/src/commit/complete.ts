import { isTerminalInstance, isTerminalStep } from '@maestro/domain';
import { applyChange, type RunChange, type RunState } from '@maestro/engine';
import type { After, Assembly } from './assemble.js';
import { AT_ONCE } from '../ports/wakeup-store.js';
import type { CommitDeps } from './commit-deps.js';
import type { Committed } from './lane.js';
import { isUnclaimed, WATCH_MILLIS } from './next-due.js';
import type { RunRecord } from './run-record.js';
import { queueKey } from './task-queue-key.js';
import type { RunWork } from './work.js';

/** complete makes memory follow a committed batch: cache, room, watchers, timers, and what the engine asked to be fed back. */
export function complete(deps: CommitDeps, committed: Committed): void {
  for (const after of committed.assembly.after) completeRun(deps, after);
  for (const runKey of committed.assembly.rows.admitted) deps.wakeAt(runKey, committed.assembly.rows.at);
  for (const runKey of new Set(committed.assembly.told)) deps.wakeAt(runKey, AT_ONCE);
  if (committed.assembly.rows.endChildren.length > 0) deps.rescan();
  for (const work of committed.moved) deps.cache.drop(work.runKey);
}

function completeRun(deps: CommitDeps, after: After): void {
  const { work, change } = after;
  const { runKey } = change.header;
  const record = 'record' in work ? work.record : newRecord(after);
  returnRoom(deps, record, change);
  record.state = applyChange(record.state, change, record.plan);
  record.ver += 1;
  record.wakeAt = after.wakeAt;
  record.blocking = after.blocking;
  record.admitted = true;
  // What a restarted iteration takes over is found out when it is read.
  const isUnknown = change.header.restart?.pending === true;
  if (isUnknown || isTerminalInstance(change.header.status)) deps.cache.drop(runKey);
  else deps.cache.put(runKey, record);
  if ('record' in work && work.inputs.some(({ event }) => event.type === 'timer-fired')) reportSuspects(deps, record);
  deps.watchers.notify(runKey, change);
  deps.changed(runKey);
  if (after.wakeAt !== undefined) deps.wakeAt(runKey, after.wakeAt);
}

function newRecord({ work, blocking }: After): RunRecord {
  if ('record' in work) return work.record;
  const { state } = work.launch;
  return { state, plan: work.plan, ver: 0, admitted: true, blocking, wakeAt: undefined, parkedReason: undefined };
}

/** An attempt that was claimed or has ended leaves its pool's queue. */
function returnRoom(
  deps: CommitDeps,
  { state, plan }: { state: RunState; plan: RunRecord['plan'] },
  change: RunChange,
): void {
  for (const step of change.steps) {
    const known = state.steps.get(step.ordinal);
    if (known?.attempt !== step.attempt || known.dispatchedAt === undefined || known.claimedBy !== undefined) continue;
    const left = step.claimedBy !== undefined || isTerminalStep(step.status) || step.dispatch !== known.dispatch;
    if (!left) continue;
    const planStep = plan.steps[step.ordinal];
    const pool = known.pool ?? planStep?.pool ?? '';
    deps.room.give(queueKey({ pool, stepType: planStep?.type ?? '', tenant: state.header.tenant }));
  }
}

/** When a run's timer fires is when its dispatches are looked after. */
function reportSuspects(deps: CommitDeps, { state, plan }: RunRecord): void {
  const at = deps.now();
  for (const step of state.steps.values()) {
    if (!isUnclaimed(step) || step.dispatchedAt + WATCH_MILLIS > at) continue;
    const { type: stepType = '' } = plan.steps[step.ordinal] ?? {};
    const pool = step.pool ?? plan.steps[step.ordinal]?.pool ?? '';
    const { ordinal, attempt, dispatch, dispatchedAt } = step;
    deps.suspect({ runKey: state.header.runKey, ordinal, attempt, dispatch, dispatchedAt, pool, stepType });
  }
}

/** answer settles every input of a committed batch. */
export function answer(committed: Committed, runs: readonly RunWork[]): void {
  const moved = new Set(committed.moved);
  for (const work of runs) {
    if (moved.has(work)) continue;
    work.inputs.forEach((input, index) => input.settle(work.decision.verdicts[index] ?? 'ended'));
  }
  const { assembly, counts } = committed;
  for (const { input, outcome } of assembly.outcomes) input.settle(outcome);
  for (const { input, error } of assembly.refused) input.fail(error);
  answerActs(assembly, counts);
}

function answerActs(assembly: Assembly, counts: Committed['counts']): void {
  // The bulk acts stand in the order of the acts that asked for them; starts add theirs behind.
  let ended = 0;
  let unblocked = 0;
  for (const input of assembly.acted) {
    const end = input.act.type === 'end-all' ? counts.ended[ended++] : undefined;
    const free = input.act.type === 'unblock' ? counts.unblocked[unblocked++] : undefined;
    input.settle({ queued: end?.queued ?? 0, running: end?.running ?? 0, unblocked: free ?? 0 });
  }
}
