import { bodyOf, sharedParams, type Plan, type RunHeader } from '@maestro/engine';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunPicture, RunReader, RunReference } from '../ports/run-reader.js';
import { versionPlanOf } from '../ports/plan-of-run.js';

export interface ReadRunDeps {
  readonly reader: Pick<RunReader, 'read' | 'attempt'>;
  readonly definitions: Pick<DefinitionStore, 'plan'>;
}

/** RunWithPlan is a run whole, and the plan that it goes by. */
export interface RunWithPlan {
  readonly run: RunPicture;
  readonly plan: Plan;
}

/** readRunWithPlan reads a run whole. Throws INSTANCE_NOT_FOUND. */
export async function readRunWithPlan(deps: ReadRunDeps, reference: RunReference): Promise<RunWithPlan> {
  const run = await deps.reader.read(reference);
  const version = await versionPlanOf(deps.definitions, run.header);
  const header = await withSharedParams(deps.reader, version, run.header);
  return { run: { ...run, header }, plan: bodyOf(version, header) };
}

/** withSharedParams gives an iteration the params of its loop, which are stored with its parent. */
export async function withSharedParams(
  reader: Pick<RunReader, 'attempt'>,
  version: Plan,
  header: RunHeader,
): Promise<RunHeader> {
  const { body, parent, ownParams } = header;
  if (body === undefined || parent === undefined) return header;
  const found = await reader.attempt(parent);
  if (found === undefined) return header;
  const above = await withSharedParams(reader, version, found.header);
  return { ...header, params: { ...sharedParams(bodyOf(version, above), above, found.step), ...ownParams } };
}
