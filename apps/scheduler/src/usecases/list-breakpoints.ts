import type { BreakpointStore, StoredBreakpoint } from '../ports/breakpoint-store.js';
import type { DefinitionStore } from '../ports/definition-store.js';

export interface ListBreakpointsDeps {
  readonly breakpoints: Pick<BreakpointStore, 'all' | 'paused'>;
  readonly definitions: Pick<DefinitionStore, 'resolve' | 'plan'>;
}

/** listBreakpoints reads those of a workflow, or of one of its steps as it was named. Throws WORKFLOW_NOT_FOUND. */
export async function listBreakpoints(
  { breakpoints, definitions }: ListBreakpointsDeps,
  workflowId: string,
  stepId: string,
): Promise<readonly StoredBreakpoint[]> {
  const { seed } = await definitions.resolve(workflowId, 'latest');
  const all = await breakpoints.all();
  return all.filter((each) => each.workflowKey === seed.workflowKey && (stepId === '' || each.stepId === stepId));
}
