import { MaestroError, type Millis } from '@maestro/domain';
import type { StoredTrigger, TimeTriggerStore } from '../../ports/time-trigger-store.js';
import type { StartWorkflowDeps } from '../start-workflow.js';
import type { CompiledTriggers } from './compiled-triggers.js';

/** TriggerDeps is what acts on time triggers work with. */
export interface TriggerDeps extends StartWorkflowDeps {
  readonly triggers: TimeTriggerStore;
  readonly compiled: CompiledTriggers;
  now(): Millis;
  /** Some triggers are due earlier than they were. */
  triggersChanged(): void;
}

/** triggersOf are the triggers of a workflow, or the named one. Throws WORKFLOW_NOT_FOUND, and INVALID_REQUEST for an unknown trigger. */
export async function triggersOf(deps: TriggerDeps, workflowId: string, id = ''): Promise<readonly StoredTrigger[]> {
  const rows = await deps.triggers.ofWorkflow(workflowId);
  if (rows.length === 0) await deps.definitions.resolve(workflowId, 'latest');
  if (id === '') return rows;
  const named = rows.filter(({ triggerId }) => triggerId === id);
  if (named.length > 0) return named;
  const ids = rows.map(({ triggerId }) => triggerId).join(', ');
  throw new MaestroError('INVALID_REQUEST', `${workflowId} has no time trigger "${id}" now.`, {
    violations: [
      { path: 'trigger_id', message: rows.length === 0 ? 'its active version has none' : `must be one of ${ids}` },
    ],
  });
}
