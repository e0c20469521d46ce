import type { RunKey } from '@maestro/domain';
import { takenSteps, type PreviousStep, type RunHeader, type TakenStep } from '@maestro/engine';
import { headerOf, type RunRow } from '../../adapters/postgres/run.js';
import { stepOf, type StepRow } from '../../adapters/postgres/step.js';
import { pointersOf } from '../../adapters/postgres/restart.js';
import { timeOf } from '../../adapters/postgres/columns.js';
import type { StoredRun } from '../../ports/run-store.js';
import type { Tables } from './tables.js';

/** loadRuns reads runs with their latest attempts, and with what restarted ones take over. */
export function loadRuns(tables: Tables, runKeys: readonly RunKey[]): StoredRun[] {
  return [...new Set(runKeys)].flatMap((runKey) => {
    const row = tables.runs.get(runKey);
    return row === undefined ? [] : [storedRun(tables, row)];
  });
}

function storedRun(tables: Tables, row: RunRow): StoredRun {
  const header = headerOf(row);
  const own = latestRows(tables, row.run_key).map(stepOf);
  const inherited = header.restart?.inherited ?? [];
  const taken = takenFrom(tables, inherited).map(({ step }) => step);
  return {
    header,
    ver: row.ver,
    admitted: row.admitted,
    blocking: row.blocking,
    wakeAt: timeOf(row.wake_at),
    parkedReason: row.parked_reason ?? undefined,
    steps: [...own, ...taken],
  };
}

/** latestRows are the latest attempts of a run's steps, by ordinal. */
export function latestRows(tables: Tables, runKey: RunKey): StepRow[] {
  const latest = new Map<number, StepRow>();
  for (const row of tables.steps.get(runKey)?.values() ?? []) {
    const known = latest.get(row.ordinal);
    if (known === undefined || known.attempt < row.attempt) latest.set(row.ordinal, row);
  }
  return [...latest.values()].sort((a, b) => a.ordinal - b.ordinal);
}

/** earlierOf is what earlier runs left to a restarted one. */
export function earlierOf(tables: Tables, header: Pick<RunHeader, 'restart'>): readonly PreviousStep[] {
  return takenFrom(tables, pointersOf(header));
}

function takenFrom(tables: Tables, pointers: readonly TakenStep[]): readonly PreviousStep[] {
  const found = pointers.flatMap(({ runKey, ordinal, there = ordinal }) => {
    const row = latestRows(tables, runKey).find((each) => each.ordinal === there);
    return row === undefined ? [] : [{ runKey, step: stepOf(row) }];
  });
  return takenSteps(pointers, found);
}
