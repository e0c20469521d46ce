import { isTerminalInstance, isTerminalStep, type StepStatus } from '@maestro/domain';
import { restoreState } from '../run-state.js';
import type { StepState } from '../state.js';
import { isUnderWay } from '../working-step.js';
import type { SimulatedRun } from './simulated-run.js';

/** checkInvariants fails the test when a run is in a state that must never be. */
export function checkInvariants(run: SimulatedRun): void {
  const { header, steps } = run.state;
  const latest = [...steps.values()];
  const open = latest.filter((step) => isUnderWay(step.status));
  expect(header.counts).toEqual(countsOf(latest));
  expect(header.open).toBe(open.length);
  if (header.ending) expect(open.filter((step) => !step.cancelling)).toEqual([]);
  expect([...run.state.underWay].sort()).toEqual(open.map((step) => step.ordinal).sort());
  if (isTerminalInstance(header.status)) expect([open.length, header.backlog]).toEqual([0, undefined]);
  else if (header.status === 'IN_PROGRESS') expect(open.length + (header.backlog?.length ?? 0)).toBeGreaterThan(0);
  expect(restoreState(run.plan, header, run.rows.values())).toEqual(run.state);
  for (const row of run.rows.values()) checkRow(run, row);
  run.executors.check(run.rows);
}

function countsOf(steps: readonly StepState[]): Partial<Record<StepStatus, number>> {
  const counts: Partial<Record<StepStatus, number>> = {};
  for (const { status } of steps) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function checkRow(run: SimulatedRun, row: StepState): void {
  const isLatest = run.state.steps.get(row.ordinal)?.attempt === row.attempt;
  if (!isLatest) expect(isTerminalStep(row.status)).toBe(true);
  expect(row.times.end === undefined).toBe(!isTerminalStep(row.status));
  const forPermits = row.status === 'WAITING_FOR_PERMITS' && row.permits !== undefined;
  const forSignals = row.status === 'WAITING_FOR_SIGNALS' || (row.status === 'FINISHING' && row.unanswered === true);
  const held = row.evaluating !== undefined || row.status === 'PAUSED' || forPermits || forSignals;
  if (row.unanswered) expect(row.dueAt).toBeDefined();
  const waits = row.status === 'STARTING' || row.status === 'RUNNING' || held;
  if (!isTerminalStep(row.status)) expect(waits).toBe(true);
  if (row.cancelling) expect(row.dueAt).toBeDefined();
}
