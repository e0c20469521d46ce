import { bodyOf, type Plan, type RunHeader } from '@maestro/engine';
import type { DefinitionStore } from './definition-store.js';

/** Planned is as much of a run as says by which plan it goes. */
export type Planned = Pick<RunHeader, 'workflowKey' | 'version' | 'templateRevision' | 'body'>;

/** versionPlanOf is the version that a run goes by, compiled with the job templates that it began with. Throws VERSION_NOT_FOUND. */
export function versionPlanOf(definitions: Pick<DefinitionStore, 'plan'>, run: Omit<Planned, 'body'>): Promise<Plan> {
  return definitions.plan(run.workflowKey, run.version, run.templateRevision);
}

/** planOfRun is the plan that a run goes by: of an iteration that of its loop's body. Throws VERSION_NOT_FOUND. */
export async function planOfRun(definitions: Pick<DefinitionStore, 'plan'>, run: Planned): Promise<Plan> {
  return bodyOf(await versionPlanOf(definitions, run), run);
}
