import { isTerminalInstance, type RunKey } from '@maestro/domain';
import type { Plan } from '@maestro/engine';
import type { RunWatchers } from '../commit/run-watchers.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunChanges } from '../ports/run-changes.js';
import type { RunPicture, RunReader, RunReference, RunSketch } from '../ports/run-reader.js';
import { planOfRun } from '../ports/plan-of-run.js';
import { Latch } from './latch.js';
import type { WatchSlots } from './watch-slots.js';

/** FollowTiming says when a follower looks at its run; milliseconds. */
export interface FollowTiming {
  /** The first look without a hint is early: another replica may have committed before it heard of the interest. */
  readonly firstLookMs: number;
  /** A hint that was lost costs at most this. */
  readonly lookEveryMs: number;
  /** Bursts are gathered this long. */
  readonly gatherMs: number;
}

/** FOLLOW_TIMING: a stream reads at most 40 times a second, and every 10 s where nothing happens. */
export const FOLLOW_TIMING: FollowTiming = { firstLookMs: 1_000, lookEveryMs: 10_000, gatherMs: 25 };

export interface FollowDeps {
  readonly reader: Pick<RunReader, 'find' | 'read' | 'attempt' | 'sketch' | 'details'>;
  readonly definitions: Pick<DefinitionStore, 'plan'>;
  /** Commits of this replica. */
  readonly watchers: Pick<RunWatchers, 'watch'>;
  /** Commits of other replicas. */
  readonly changes: Pick<RunChanges, 'watch'>;
  readonly slots: WatchSlots;
  readonly timing: FollowTiming;
}

/** RunProgress is the newest state of a run that is followed. */
export interface RunProgress {
  readonly plan: Plan;
  /** The first is the run whole; later ones have the attempts of all steps, but params, artifacts and events only of what changed. */
  readonly run: RunPicture;
  /** Ordinals of the steps that changed; undefined = this is the first, with all. */
  readonly changed: ReadonlySet<number> | undefined;
}

/**
 * followRun gives a run whole, then its newest state after changes, until it has ended or the signal aborts. Whoever takes
 * them slowly gets fewer, never older ones: nothing is kept but what was given last. Throws INSTANCE_NOT_FOUND, OVERLOADED.
 */
export async function* followRun(
  deps: FollowDeps,
  reference: RunReference,
  signal: AbortSignal,
): AsyncGenerator<RunProgress> {
  const release = deps.slots.take();
  const stops: (() => void)[] = [release];
  try {
    // The latest run may change with a restart; the run that was found stays the one that is followed.
    const found = await deps.reader.find(reference);
    const { runKey, runId } = found;
    const latch = new Latch();
    stops.push(deps.watchers.watch(runKey, latch.set), deps.changes.watch(runKey, latch.set));
    const plan = await planOfRun(deps.definitions, found);
    yield* progressOf(deps, { plan, runKey, reference: { ...reference, runId } }, latch, signal);
  } finally {
    for (const stop of stops) stop();
  }
}

interface FollowedRun {
  readonly plan: Plan;
  readonly runKey: RunKey;
  readonly reference: RunReference;
}

async function* progressOf(
  { reader, timing }: FollowDeps,
  { plan, runKey, reference }: FollowedRun,
  latch: Latch,
  signal: AbortSignal,
): AsyncGenerator<RunProgress> {
  // The sketch is older than what is read after it: what changed between them is told once more, never lost.
  let known = await reader.sketch(runKey);
  const whole = await reader.read(reference);
  yield { plan, run: whole, changed: undefined };
  let ended = isTerminalInstance(whole.header.status);
  for (let wait = timing.firstLookMs; !ended && !signal.aborted; wait = timing.lookEveryMs) {
    await latch.past(wait, signal);
    await new Latch().past(timing.gatherMs, signal);
    const next = await reader.sketch(runKey);
    // Its rows are purged only after it has ended.
    if (next === undefined || known === undefined) return;
    if (next.run.ver === known.run.ver) continue;
    const changed = changedSteps(known, next);
    yield { plan, run: await withDetails(reader, next.run, changed), changed };
    known = next;
    ended = isTerminalInstance(next.run.header.status);
  }
}

function changedSteps(before: RunSketch, after: RunSketch): ReadonlySet<number> {
  const changed = [...after.revisions].filter(([ordinal, revision]) => before.revisions.get(ordinal) !== revision);
  return new Set(changed.map(([ordinal]) => ordinal));
}

async function withDetails(
  reader: Pick<RunReader, 'details'>,
  run: RunPicture,
  changed: ReadonlySet<number>,
): Promise<RunPicture> {
  const { attempts, timeline } = await reader.details(run.header.runKey, [...changed]);
  const untouched = run.attempts.filter(({ ordinal }) => !changed.has(ordinal));
  return { ...run, attempts: [...untouched, ...attempts], timeline };
}
