import type { RunKey } from '@maestro/domain';
import { bodyOf, restoreState, sharedParams, type ParentRef, type RunHeader } from '@maestro/engine';
import { versionPlanOf } from '../ports/plan-of-run.js';
import type { StoredRun } from '../ports/run-store.js';
import type { CommitDeps } from './commit-deps.js';
import { resolveRestart } from './resolve-restart.js';
import type { RunRecord } from './run-record.js';

/** Found is a run of the batch in memory, or why it cannot be there. */
export type Found = RunRecord | Error;

/** Loaded is a run that was read. */
export interface Loaded {
  readonly runKey: RunKey;
  readonly found: Found;
}

/**
 * loadRecords reads runs from the database and keeps them in the cache. The parents that iterations need are read once a call and not
 * kept: what this replica decides about them may be under way elsewhere.
 */
export async function loadRecords(deps: CommitDeps, runKeys: readonly RunKey[]): Promise<Loaded[]> {
  const stored = await deps.store.load(runKeys);
  const parents = await loadParents(deps, stored);
  const loaded: Loaded[] = [];
  for (const run of stored) loaded.push({ runKey: run.header.runKey, found: await remember(deps, run, parents) });
  return loaded;
}

type Parents = ReadonlyMap<RunKey, Found>;

async function loadParents(deps: CommitDeps, stored: readonly StoredRun[]): Promise<Parents> {
  const parents = new Map<RunKey, Found>();
  const missing = new Set<RunKey>();
  for (const { header } of stored) {
    if (header.body === undefined || header.parent === undefined) continue;
    const known = deps.cache.get(header.parent.runKey);
    if (known !== undefined && knowsLoop(known, header.parent)) parents.set(header.parent.runKey, known);
    else missing.add(header.parent.runKey);
  }
  if (missing.size === 0) return parents;
  const above = await deps.store.load([...missing]);
  const theirs = await loadParents(deps, above);
  for (const run of above) parents.set(run.header.runKey, await recordOf(deps, run, theirs));
  return parents;
}

/** What this replica remembers of a parent may be older than its iteration: then it does not know the params of the loop yet. */
function knowsLoop({ state }: RunRecord, { ordinal, attempt }: ParentRef): boolean {
  const step = state.steps.get(ordinal);
  return step?.loop !== undefined && step.attempt >= attempt;
}

async function remember(deps: CommitDeps, stored: StoredRun, parents: Parents): Promise<Found> {
  const found = await recordOf(deps, stored, parents);
  // A parked run is read anew each time, so that `unpark` by any replica is seen.
  if (!(found instanceof Error) && found.parkedReason === undefined) deps.cache.put(stored.header.runKey, found);
  return found;
}

async function recordOf(deps: CommitDeps, stored: StoredRun, parents: Parents): Promise<Found> {
  const { ver, admitted, blocking, wakeAt, parkedReason } = stored;
  try {
    const version = await versionPlanOf(deps.definitions, stored.header);
    const header = withShared(stored.header, parents);
    const plan = bodyOf(version, header);
    const state = header.restart?.pending
      ? await resolveRestart(deps.store, plan, header)
      : restoreState(plan, header, stored.steps);
    return { state, plan, ver, admitted, blocking, wakeAt, parkedReason };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** An iteration sees the params of its loop, which are stored with its parent. */
function withShared(header: RunHeader, parents: Parents): RunHeader {
  const { body, parent, ownParams } = header;
  if (body === undefined || parent === undefined) return header;
  const above = parents.get(parent.runKey);
  if (above === undefined || above instanceof Error) throw above ?? new Error(`its parent ${parent.runKey} is gone`);
  const step = above.state.steps.get(parent.ordinal);
  if (step === undefined) throw new Error(`its parent ${parent.runKey} has no such step`);
  return { ...header, params: { ...sharedParams(above.plan, above.state.header, step), ...ownParams } };
}
