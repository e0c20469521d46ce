import { isTerminalInstance, isTerminalStep, shardOf, type Millis } from '@maestro/domain';
import type { RunChange, RunState, StepState } from '@maestro/engine';
import type { BatchRows } from '../rows/batch-rows.js';
import { earlier, nextDue, watchDue } from './next-due.js';

/** When to look again at a timer that was due and changed nothing. */
const RETRY_MILLIS = 1_000;

/** RunBefore is what the rows of a run said before the batch. */
export interface RunBefore {
  readonly state: RunState;
  readonly ver: number;
  readonly wakeAt: Millis | undefined;
}

/** RunAfter is the shell's own part of the run row after the batch. */
export interface RunAfter {
  readonly admitted: boolean;
  readonly blocking: boolean;
  /** A timer fired: the wakeup row it came from is used up. */
  readonly timerFired: boolean;
  /** The start that a new row comes from; undefined = the row exists. */
  readonly origin: Uint8Array | undefined;
}

/** collectRun adds the rows of one run's change to the batch and answers when the run's wakeup row is due from now on. */
export function collectRun(rows: BatchRows, before: RunBefore, change: RunChange, after: RunAfter): Millis | undefined {
  const { header } = change;
  const { runKey } = header;
  for (const step of change.steps) collectStep(rows, before.state, header.runKey, step);
  for (const entry of change.timeline) rows.timeline.push({ runKey, entry });
  const wakeAt = collectWakeup(rows, before, change, after.timerFired);
  const write = {
    header,
    ver: before.ver + 1,
    modifyTime: rows.at,
    wakeAt,
    admitted: after.admitted,
    blocking: after.blocking,
  };
  if (after.origin !== undefined) rows.runInserts.push({ ...write, origin: after.origin });
  else {
    rows.runUpdates.push(write);
    const found = before.state.header.status === 'CREATED' && header.body !== undefined ? header.restart : undefined;
    if (found) rows.runRestarts.push({ runKey, restart: found });
    const evaluated = before.state.header.evaluation !== undefined && header.evaluation === undefined;
    if (evaluated) rows.runParams.push({ runKey, params: header.params });
  }
  return wakeAt;
}

function collectStep(rows: BatchRows, before: RunState, runKey: bigint, step: StepState): void {
  const latest = before.steps.get(step.ordinal);
  const known = latest?.attempt === step.attempt ? latest : undefined;
  rows.steps.push({
    runKey,
    step,
    paramsChanged: step.params !== known?.params,
    artifactsChanged: step.artifacts !== known?.artifacts,
  });
  collectClaim(rows, runKey, known, step);
  const waited = known !== undefined && isWaitingForRoom(known);
  if (waited && !isWaitingForRoom(step))
    rows.readyDeletes.push({ ...attemptRow(runKey, known), pool: '', tenant: '', since: 0 });
}

/** isWaitingForRoom: to be dispatched, but its pool is full. */
export function isWaitingForRoom(step: StepState): boolean {
  return step.dispatch > 0 && step.dispatchedAt === undefined && !isTerminalStep(step.status);
}

function collectClaim(rows: BatchRows, runKey: bigint, known: StepState | undefined, step: StepState): void {
  const held = known?.claimedBy;
  const holds = isTerminalStep(step.status) ? undefined : step.claimedBy;
  if (held === holds) return;
  if (held !== undefined) rows.claimDeletes.push({ ...attemptRow(runKey, step), holder: held });
  if (holds !== undefined) rows.claimInserts.push({ ...attemptRow(runKey, step), holder: holds });
}

function attemptRow(
  runKey: bigint,
  { ordinal, attempt, dispatch }: StepState,
): { runKey: bigint; ordinal: number; attempt: number; dispatch: number } {
  return { runKey, ordinal, attempt, dispatch };
}

/** A wakeup row moves only when it has to: earlier, used up, or no longer needed. */
function collectWakeup(rows: BatchRows, before: RunBefore, change: RunChange, timerFired: boolean): Millis | undefined {
  const due = dueAfter(rows.at, before, change, timerFired);
  if (due === before.wakeAt) return due;
  const { runKey } = change.header;
  const shard = shardOf(runKey);
  if (before.wakeAt !== undefined) rows.wakeupDeletes.push({ shard, dueAt: before.wakeAt, runKey });
  if (due !== undefined) rows.wakeupInserts.push({ shard, dueAt: due, runKey });
  return due;
}

function dueAfter(at: Millis, before: RunBefore, change: RunChange, timerFired: boolean): Millis | undefined {
  if (isTerminalInstance(change.header.status)) return undefined;
  if (timerFired) {
    const due = nextDue(change.header, stepsAfter(before.state, change), at);
    // A time that has passed without effect must not wake the run again at once, for ever.
    return due === undefined || due > at ? due : at + RETRY_MILLIS;
  }
  let due = earlier(before.wakeAt, change.dueAt);
  for (const step of change.steps) due = earlier(due, watchDue(step, at));
  return due;
}

function* stepsAfter(state: RunState, change: RunChange): Iterable<StepState> {
  const changed = new Map(change.steps.map((step) => [step.ordinal, step]));
  yield* changed.values();
  for (const [ordinal, step] of state.steps) if (!changed.has(ordinal)) yield step;
}
