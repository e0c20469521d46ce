import type { Plan } from '@maestro/engine';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunPicture, RunReader, RunReference } from '../ports/run-reader.js';

export interface ReadRunDeps {
  readonly reader: Pick<RunReader, 'read'>;
  readonly definitions: Pick<DefinitionStore, 'plan'>;
}

/** RunWithPlan is a run whole, and the compiled version that it runs. */
export interface RunWithPlan {
  readonly run: RunPicture;
  readonly plan: Plan;
}

/** readRunWithPlan reads a run whole. Throws INSTANCE_NOT_FOUND. */
export async function readRunWithPlan(
  { reader, definitions }: ReadRunDeps,
  reference: RunReference,
): Promise<RunWithPlan> {
  const run = await reader.read(reference);
  return { run, plan: await definitions.plan(run.header.workflowKey, run.header.version) };
}
