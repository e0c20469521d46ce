import type { Millis } from '@maestro/domain';
import { breakpointAt, type EngineEvent } from '@maestro/engine';
import type { BreakpointBook } from '../commit/breakpoint-book.js';
import type { Input } from '../commit/input.js';
import type { BreakpointPlace, PausedAttempt } from '../ports/breakpoint-store.js';
import { announceBreakpoints } from './announce-breakpoints.js';
import type { BreakpointAsk, SetBreakpointDeps } from './set-breakpoint.js';
import { planOfRun } from '../ports/plan-of-run.js';

export interface DeleteBreakpointDeps extends SetBreakpointDeps {
  readonly book: Pick<BreakpointBook, 'reload' | 'of'>;
  submit(input: Input): void;
}

/** DeletedBreakpoint says whether there was one, and how many attempts go on. */
export interface DeletedBreakpoint {
  readonly deleted: boolean;
  readonly resumed: number;
}

/**
 * deleteBreakpoint: from its answer on nothing is paused there any more. What is paused goes on if that is asked for, and no other
 * breakpoint holds it. Throws WORKFLOW_NOT_FOUND, TIMED_OUT.
 */
export async function deleteBreakpoint(
  deps: DeleteBreakpointDeps,
  { workflowId, ...ask }: BreakpointAsk,
  { by, resume }: { readonly by: string; readonly resume: boolean },
): Promise<DeletedBreakpoint> {
  const { seed } = await deps.definitions.resolve(workflowId, 'latest');
  const place = { workflowKey: seed.workflowKey, ...ask };
  const deleted = await deps.breakpoints.remove(place);
  await announceBreakpoints(deps);
  return { deleted, resumed: resume ? await resumeHeld(deps, place, by) : 0 };
}

/** Also when there was none: a deletion that broke off after its commit is completed by the next one. */
async function resumeHeld(deps: DeleteBreakpointDeps, place: BreakpointPlace, by: string): Promise<number> {
  const paused = await deps.breakpoints.paused(place.workflowKey);
  const held = await Promise.all(paused.map((each) => isHeld(deps, place, each)));
  const free = paused.filter((_, index) => held[index]);
  await Promise.all(free.map((each) => resumeOne(deps, each, by)));
  return free.length;
}

async function isHeld(deps: DeleteBreakpointDeps, place: BreakpointPlace, paused: PausedAttempt): Promise<boolean> {
  const { header, ordinal } = paused;
  const plan = await planOfRun(deps.definitions, header);
  const stepId = plan.steps[ordinal]?.id ?? '';
  const at = { ...place, createdBy: '', createTime: 0 };
  if (breakpointAt([at], plan, header, stepId) === undefined) return false;
  return breakpointAt(deps.book.of(place.workflowKey), plan, header, stepId) === undefined;
}

function resumeOne(deps: DeleteBreakpointDeps, { runKey, ordinal, attempt }: PausedAttempt, by: string): Promise<void> {
  const at: Millis = deps.now();
  const reason = 'its breakpoint was deleted';
  const event: EngineEvent = { type: 'step-resume-requested', at, ordinal, attempt, by, reason };
  return new Promise((settle, fail) => deps.submit({ kind: 'event', runKey, event, settle: () => settle(), fail }));
}
