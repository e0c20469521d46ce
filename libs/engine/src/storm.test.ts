import { isTerminalInstance } from '@maestro/domain';
import fc from 'fast-check';
import type { EngineEvent } from './event.js';
import { eventsOf, randomActs } from './testing/random-events.js';
import { randomWorkflow } from './testing/random-workflow.js';
import { SimulatedRun, START } from './testing/simulated-run.js';
import { isHandedOut } from './working-step.js';

const RUNS = 400;

test('whatever happens in whatever order, the invariants hold and every run can be brought to its end', () => {
  fc.assert(
    fc.property(randomWorkflow, randomActs, fc.boolean(), (workflow, batches, room) => {
      const run = new SimulatedRun(workflow);
      run.room = room;
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
      const named = run.decide([{ type: 'stop-requested', at: START, by: 'ann', reason: 'late' }]);
      expect(named).toEqual({ change: undefined, commands: [], verdicts: ['ended'] });
    }),
    { numRuns: RUNS },
  );
}, 60_000);

/** Plays honest executors and a clock until the run ends; 10 minutes at most, as the workflow's timeout says. */
function drain(run: SimulatedRun, from: number): SimulatedRun['state']['header']['status'] {
  run.room = true;
  for (let at = from, left = 2_000; left > 0 && !isTerminalInstance(run.state.header.status); left -= 1) {
    run.decide([...run.answers(at), ...ends(run, at), { type: 'timer-fired', at }, { type: 'continued', at }]);
    at += 1_000;
  }
  return run.state.header.status;
}

function ends(run: SimulatedRun, at: number): EngineEvent[] {
  return [...run.state.steps.values()].filter(isHandedOut).map(({ ordinal, attempt, dispatch }): EngineEvent => {
    return { type: 'attempt-ended', at, ordinal, attempt, dispatch, outcome: 'DONE', timeline: [] };
  });
}
