import { isTerminalInstance, isTerminalStep, type Millis } from '@maestro/domain';
import { restoreState, type Plan } from '@maestro/engine';
import type { RunPicture } from '../ports/run-reader.js';
import type { ExecutorState, PermitPlace, QueuePlace, ReadyPlace } from '../ports/wait-reader.js';
import { inheritedSteps } from '../queries/inherited-steps.js';
import { explainQueue } from './explain-queue.js';
import { explainSteps } from './explain-steps.js';
import type { Explained } from './explained.js';

/** RunFacts is a run and all that is known about what it may wait for. */
export interface RunFacts {
  readonly run: RunPicture;
  readonly plan: Plan;
  readonly place: QueuePlace;
  readonly ready: readonly ReadyPlace[];
  readonly permits: readonly PermitPlace[];
  readonly executors: readonly ExecutorState[];
  readonly now: Millis;
}

/** explainRun says why a run, or one step of it, is not moving; never empty. */
export function explainRun(facts: RunFacts, ordinal: number | undefined): readonly Explained[] {
  const { run, plan } = facts;
  const { header, parkedReason } = run;
  if (isTerminalInstance(header.status)) return [ended(run, plan, ordinal)];
  if (parkedReason !== undefined) return [parked(run, parkedReason)];
  if (header.status === 'CREATED') return explainQueue(run, facts.place);
  const steps = explainSteps({
    ...facts,
    state: restoreState(plan, header, [...run.attempts, ...inheritedSteps(run)]),
  });
  const told = header.status === 'PAUSED' ? [paused(run), ...named(run, plan, steps)] : named(run, plan, steps);
  if (ordinal === undefined) return told.length > 0 ? told : [moving(run)];
  const id = plan.steps[ordinal]?.id;
  const own = told.filter(({ stepId }) => stepId === id || stepId === undefined);
  return own.some(({ stepId }) => stepId === id) ? own : [stepEnded(run, plan, ordinal)];
}

function parked({ modifyTime }: RunPicture, reason: string): Explained {
  return {
    kind: 'PARKED',
    since: modifyTime,
    message: `The run is parked, its events wait. The error that holds it: ${reason}`,
    remedy: 'Remove the cause, then unpark the run: its events are replayed.',
  };
}

function paused(run: RunPicture): Explained {
  const act = lastPause(run, undefined);
  const message = `The run is paused${act === undefined ? '' : ` by ${act.author}`}${act?.reason ? ` (${act.reason})` : ''}: nothing new begins in it.`;
  return { kind: 'PERSON', since: act?.timestamp, message, remedy: 'Somebody has to resume the run.' };
}

/** Whose breakpoint holds a step is told by the timeline. */
function named(run: RunPicture, plan: Plan, steps: readonly Explained[]): readonly Explained[] {
  return steps.map((each) => {
    if (each.kind !== 'PERSON') return each;
    const act = lastPause(run, plan.ordinals.get(each.stepId ?? ''));
    return act?.message === undefined ? each : { ...each, message: act.message };
  });
}

type Act = Extract<RunPicture['timeline'][number]['event'], { type: 'ACTION' }>;

function lastPause({ timeline }: RunPicture, ordinal: number | undefined): Act | undefined {
  const acts = timeline.flatMap((entry) =>
    entry.event.type === 'ACTION' && entry.ordinal === ordinal ? [entry.event] : [],
  );
  return acts.filter(({ action }) => action === 'PAUSE').at(-1);
}

function moving({ header, modifyTime }: RunPicture): Explained {
  const message = `The run is ${header.status} and goes on by itself.`;
  return { kind: 'NOTHING', since: modifyTime, message, remedy: 'Nothing.' };
}

function ended(run: RunPicture, plan: Plan, ordinal: number | undefined): Explained {
  if (ordinal !== undefined) return stepEnded(run, plan, ordinal);
  const { status, endTime } = run.header;
  return {
    kind: 'NOTHING',
    since: endTime,
    message: `The run has ended ${status}.`,
    remedy: 'Nothing: start it anew.',
  };
}

/** A step that waits for nothing has ended, or is never reached, or is between two decisions. */
function stepEnded({ header, attempts }: RunPicture, plan: Plan, ordinal: number): Explained {
  const stepId = plan.steps[ordinal]?.id ?? '';
  const step = attempts.filter((each) => each.ordinal === ordinal).at(-1);
  const kind = 'NOTHING';
  if (step === undefined) {
    const message = `The run ${isTerminalInstance(header.status) ? 'has ended' : 'is ending'} without coming to the step.`;
    return { kind, stepId, since: header.endTime, message, remedy: 'Nothing.' };
  }
  const { attempt, status, times } = step;
  const message = isTerminalStep(status)
    ? `Attempt ${attempt} has ended ${status}.`
    : `Attempt ${attempt} is ${status} and goes on by itself.`;
  return { kind, stepId, since: times.end ?? times.create, message, remedy: 'Nothing.' };
}
