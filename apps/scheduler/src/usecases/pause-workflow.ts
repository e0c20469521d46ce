import type { DefinitionStore } from '../ports/definition-store.js';
import type { Input } from '../commit/input.js';
import { submitAct } from './act-on-queue.js';

export interface PauseWorkflowDeps {
  readonly definitions: Pick<DefinitionStore, 'resolve'>;
  submit(input: Input): void;
}

/** pauseWorkflow holds the queue of a workflow, also of one that was never started, or lets it go on. Throws WORKFLOW_NOT_FOUND. */
export async function pauseWorkflow(deps: PauseWorkflowDeps, workflowId: string, paused: boolean): Promise<void> {
  const { seed } = await deps.definitions.resolve(workflowId, 'latest');
  await submitAct(deps, seed, { type: 'pause', paused, seed });
}
