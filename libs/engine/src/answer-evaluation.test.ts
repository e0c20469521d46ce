import { PRESETS } from '@maestro/sel';
import { answerEvaluation } from './answer-evaluation.js';
import { SimulatedRun, START } from './testing/simulated-run.js';

const HEAVY = 'v = 0; while (v < 12000) v += 1; v > 3';

function waitingRun(phase: 'params' | 'conditions'): SimulatedRun {
  const transition = { successors: { b: phase === 'conditions' ? HEAVY : 'true' } };
  const params = phase === 'params' ? { x: { type: 'BOOLEAN', expression: HEAVY } as const } : {};
  const run = new SimulatedRun({
    id: 'w',
    steps: [
      { kind: 'step', id: 'a', type: 'NoOp', transition, params },
      { kind: 'step', id: 'b', type: 'NoOp' },
    ],
  });
  run.decide([{ type: 'run-launched', at: START }]);
  return run;
}

describe.each(['params', 'conditions'] as const)('answerEvaluation of %s', (phase) => {
  const command = { type: 'evaluate', ordinal: 0, attempt: 1, phase } as const;

  test('answers what the decision asked for', () => {
    const { plan, state } = waitingRun(phase);
    expect(answerEvaluation(plan, state, command, START, PRESETS.FULL)).toMatchObject({ kind: phase });
  });

  test('is an error when even the full limits do not suffice', () => {
    const { plan, state } = waitingRun(phase);
    expect(answerEvaluation(plan, state, command, START, { ...PRESETS.IN_PLACE, fuel: 10 })).toMatchObject({
      kind: 'error',
    });
  });

  test('is nothing when nobody waits for it any more', () => {
    const { plan, state } = waitingRun(phase);
    const other = phase === 'params' ? 'conditions' : 'params';
    for (const late of [
      { ...command, attempt: 2 },
      { ...command, ordinal: 9 },
      { ...command, phase: other } as const,
    ]) {
      expect(answerEvaluation(plan, state, late, START, PRESETS.FULL)).toBeUndefined();
    }
  });

  test('of the other kind is late', () => {
    const run = waitingRun(phase);
    const result =
      phase === 'params' ? ({ kind: 'conditions', taken: [1] } as const) : ({ kind: 'params', params: {} } as const);
    const decision = run.decide([{ type: 'evaluated', at: START, ordinal: 0, attempt: 1, result }]);
    expect(decision).toEqual({ change: undefined, commands: [], verdicts: ['ended'] });
  });
});
