import {
  chooseSteps,
  previousRun,
  restartedState,
  restartPoint,
  restoreState,
  type Plan,
  type PreviousStep,
  type RestartState,
  type RunHeader,
  type RunState,
} from '@maestro/engine';
import type { RunStore, StoredRun } from '../ports/run-store.js';

/**
 * resolveRestart finds out what an iteration that runs again takes over from its run before. That one has ended: asked twice, the answer is
 * the same.
 */
export async function resolveRestart(
  store: Pick<RunStore, 'runBefore' | 'load'>,
  plan: Plan,
  header: RunHeader,
): Promise<RunState> {
  const runKey = await store.runBefore(header);
  const [before] = runKey === undefined ? [] : await store.load([runKey]);
  if (before === undefined) return restoreState(plan, known(header, {}), []);
  const previous = previousRun(plan, before.header, ownSteps(before), earlierSteps(before));
  const config = header.restart?.config;
  const chosen = config ? chooseSteps(plan, previous, restartPoint(config)) : {};
  const stepParams = { ...before.header.restart?.stepParams, ...header.restart?.stepParams };
  const { runId } = before.header;
  const place = { runKey: before.header.runKey, runId, status: previous.status };
  return restartedState(plan, known(header, { ...chosen, stepParams, previous: place }), previous);
}

function known(header: RunHeader, found: Partial<RestartState>): RunHeader {
  if (header.restart === undefined) return header;
  const { pending: _, ...restart } = header.restart;
  return { ...header, restart: { ...restart, ...found } };
}

function ownSteps({ steps }: StoredRun): StoredRun['steps'] {
  return steps.filter(({ inherited }) => inherited === undefined);
}

function earlierSteps({ steps }: StoredRun): PreviousStep[] {
  return steps.flatMap((step) => (step.inherited === undefined ? [] : [{ ...step.inherited, step }]));
}
