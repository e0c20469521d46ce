import fc from 'fast-check';
import { ATTEMPT_OUTCOMES, type DispatchRef, type EngineEvent } from '../event.js';
import type { SimulatedRun } from './simulated-run.js';

/** Act is an event before it is known which attempts there are; mostly it speaks of the current one. */
export interface Act {
  readonly verb: (typeof VERBS)[number];
  readonly wait: number;
  readonly ordinal: number;
  readonly attemptOff: number;
  readonly dispatchOff: number;
  readonly executor: string;
  readonly outcome: (typeof ATTEMPT_OUTCOMES)[number];
}

const VERBS = [
  'claim',
  'claim',
  'end',
  'end',
  'end',
  'progress',
  'lost',
  'dispatch-lost',
  'release',
  'grant',
  'grant',
  'timer',
  'timer',
  'evaluate',
  'evaluate',
  'continue',
  'launch',
  'stop',
  'kill',
  'step-stop',
  'step-kill',
  'step-skip',
  'step-skip',
  'step-resume',
  'step-resume',
  'pause',
  'resume',
] as const;

const off = fc.constantFrom(0, 0, 0, 0, 0, -1, 1);

/** randomActs gives batches of acts: repeated, late, unknown and in any order. */
export const randomActs: fc.Arbitrary<readonly (readonly Act[])[]> = fc.array(
  fc.array(
    fc.record({
      verb: fc.constantFrom(...VERBS),
      wait: fc.constantFrom(0, 1, 100, 2_000, 10_000, 30_000),
      ordinal: fc.nat(7),
      attemptOff: off,
      dispatchOff: off,
      executor: fc.constantFrom('e1', 'e2'),
      outcome: fc.constantFrom('DONE', 'DONE', ...ATTEMPT_OUTCOMES),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  { maxLength: 30 },
);

/** eventsOf makes the events of an act in the state the run is in. */
export function eventsOf(run: SimulatedRun, act: Act, at: number): EngineEvent[] {
  const latest = run.state.steps.get(act.ordinal);
  const ref: DispatchRef = {
    ordinal: act.ordinal,
    attempt: (latest?.attempt ?? 1) + act.attemptOff,
    dispatch: (latest?.dispatch ?? 1) + act.dispatchOff,
  };
  const person = { at, by: 'ann', reason: 'storm' };
  switch (act.verb) {
    case 'claim':
      return [{ type: 'attempt-claimed', at, ...ref, executorId: act.executor }];
    case 'end':
      return [{ type: 'attempt-ended', at, ...ref, outcome: act.outcome, timeline: [] }];
    case 'progress':
      return [{ type: 'attempt-progressed', at, ...ref, timeline: [], artifacts: { at } }];
    case 'lost':
      return [{ type: 'executor-lost', at, ...ref, executorId: act.executor }];
    case 'dispatch-lost':
      return [{ type: 'dispatch-lost', at, ...ref }];
    case 'release':
      return [{ type: 'attempt-released', at, ...ref }];
    case 'grant':
      return [{ type: 'permits-granted', at, ordinal: ref.ordinal, attempt: ref.attempt }];
    case 'timer':
      return [{ type: 'timer-fired', at }];
    case 'evaluate':
      return run.answers(at);
    case 'continue':
      return [{ type: 'continued', at }];
    case 'launch':
      return [{ type: 'run-launched', at }];
    case 'stop':
      return [{ type: 'stop-requested', ...person }];
    case 'step-stop':
    case 'step-kill':
    case 'step-skip':
    case 'step-resume':
      return [{ type: `${act.verb}-requested`, ...person, ordinal: act.ordinal }];
    case 'pause':
    case 'resume':
      return [{ type: `${act.verb}-requested`, ...person }];
    case 'kill':
      return [{ type: 'kill-requested', ...person }];
  }
}
