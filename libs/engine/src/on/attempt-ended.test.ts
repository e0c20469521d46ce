import { SimulatedRun, START } from '../testing/simulated-run.js';

test('outputs that are refused are kept as an artifact of the failed attempt, beside its own', () => {
  const params = { n: { type: 'LONG', value: 1n } } as const;
  const run = new SimulatedRun({ id: 'w', steps: [{ kind: 'step', id: 'a', type: 'Echo', params }] });
  run.decide([{ type: 'run-launched', at: START }]);
  const outputs = { n: { type: 'LONG', value: 2n }, other: { type: 'LONG', value: 3n } } as const;
  const end = { type: 'attempt-ended', ordinal: 0, attempt: 1, dispatch: 1, timeline: [] } as const;
  run.decide([{ ...end, at: START + 1, outcome: 'DONE', outputs, artifacts: { mine: { rows: 7n } } }]);
  const { status, artifacts, params: after } = run.rows.get('0/1') ?? {};
  expect(status).toMatch(/FAILED/);
  expect(artifacts).toEqual({ mine: { rows: 7n }, maestro_failed_output: { type: 'DEFAULT', params: outputs } });
  expect(after?.['n']?.evaluatedResult).toBe(1n);
});
