import { isTerminalInstance } from '@maestro/domain';
import fc from 'fast-check';
import type { Breakpoint } from './breakpoint.js';
import type { EngineEvent } from './event.js';
import type { StepState } from './state.js';
import { workflowTag } from './permits/permit-tags.js';
import { eventsOf, randomActs } from './testing/random-events.js';
import { randomWorkflow } from './testing/random-workflow.js';
import { SimulatedRun, START } from './testing/simulated-run.js';
import { isHandedOut } from './working-step.js';

const RUNS = 300;

test('whatever happens in whatever order, the invariants hold and every run can be brought to its end', () => {
  fc.assert(
    fc.property(randomWorkflow, randomActs, fc.boolean(), fc.boolean(), (workflow, batches, room, limits) => {
      const run = new SimulatedRun(workflow, { limited: limits ? [workflowTag(workflow.id)] : [] });
      run.room = room;
      run.breakpoints = room ? [] : everyOther(run);
      let at = START;
      run.decide([{ type: 'run-launched', at }]);
      for (const batch of batches) {
        at += batch[0]?.wait ?? 0;
        const now = at;
        run.decide(batch.flatMap((act) => eventsOf(run, act, now)));
      }
      expect(isTerminalInstance(drain(run, at))).toBe(true);
    }),
    { numRuns: RUNS },
  );
}, 60_000);

test('a run that is left alone but for its timers, evaluations and honest executors ends by itself', () => {
  fc.assert(
    fc.property(randomWorkflow, (workflow) => {
      const run = new SimulatedRun(workflow);
      run.decide([{ type: 'run-launched', at: START }]);
      expect(isTerminalInstance(drain(run, START))).toBe(true);
      expect(run.state.header.ending?.status).not.toBe('TIMED_OUT');
      const late = run.decide([{ type: 'stop-requested', at: START, by: 'ann', reason: 'late' }]);
      expect(late).toEqual({ change: undefined, commands: [], verdicts: ['ended'] });
    }),
    { numRuns: RUNS },
  );
}, 60_000);

/** Plays executors that fail the first attempts and are honest about it, and a clock that jumps to the time the run itself asked for, until the run ends. */
function drain(run: SimulatedRun, from: number): SimulatedRun['state']['header']['status'] {
  run.room = true;
  run.breakpoints = [];
  let at = from;
  for (let left = 500; left > 0 && !isTerminalInstance(run.state.header.status); left -= 1) {
    const events = [
      ...resumes(run, at),
      ...releases(run, at),
      ...grants(run, at),
      ...run.answers(at),
      ...ends(run, at),
    ];
    if (events.length > 0) run.decide(events);
    else if (run.wakeAt === undefined) return run.state.header.status;
    else {
      at = Math.max(at, run.wakeAt);
      run.decide([{ type: 'timer-fired', at }]);
    }
  }
  return run.state.header.status;
}

/** Every second step has a breakpoint. */
function everyOther(run: SimulatedRun): Breakpoint[] {
  const steps = run.plan.steps.filter(({ ordinal }) => ordinal % 2 === 1);
  return steps.map(({ id }) => ({ stepId: id, createdBy: 'ann', createTime: START }));
}

/** Somebody looks after what is paused. */
function resumes(run: SimulatedRun, at: number): EngineEvent[] {
  const by = { at, by: 'ann', reason: '' };
  const paused = [...run.state.steps.values()].filter(({ status }) => status === 'PAUSED');
  const steps = paused.map(({ ordinal }): EngineEvent => ({ type: 'step-resume-requested', ...by, ordinal }));
  return run.state.header.status === 'PAUSED' ? [{ type: 'resume-requested', ...by }, ...steps] : steps;
}

function releases(run: SimulatedRun, at: number): EngineEvent[] {
  const waiting = [...run.state.steps.values()].filter((step) => isHandedOut(step) && !isOut(step));
  return waiting.map(({ ordinal, attempt, dispatch }) => ({
    type: 'attempt-released',
    at,
    ordinal,
    attempt,
    dispatch,
  }));
}

function grants(run: SimulatedRun, at: number): EngineEvent[] {
  const waiting = [...run.state.steps.values()].filter(({ status }) => status === 'WAITING_FOR_PERMITS');
  return waiting.map(({ ordinal, attempt }) => ({ type: 'permits-granted', at, ordinal, attempt }));
}

function ends(run: SimulatedRun, at: number): EngineEvent[] {
  const out = [...run.state.steps.values()].filter((step) => isHandedOut(step) && isOut(step));
  return out.map(({ ordinal, attempt, dispatch }): EngineEvent => {
    return {
      type: 'attempt-ended',
      at,
      ordinal,
      attempt,
      dispatch,
      outcome: attempt === 1 ? 'PLATFORM_ERROR' : 'DONE',
      timeline: [],
    };
  });
}

const isOut = (step: StepState): boolean => (step.dispatchedAt ?? step.claimedBy) !== undefined;
