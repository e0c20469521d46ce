import type { StoredTrigger } from '../../ports/time-trigger-store.js';
import { triggersOf, type TriggerDeps } from './trigger-deps.js';

/** TriggerReference names a trigger, or all of a workflow. */
export interface TriggerReference {
  readonly workflowId: string;
  /** Empty = all of the workflow. */
  readonly triggerId: string;
}

/** pauseTrigger lets triggers fire no more; one that is paused stays as it was. */
export async function pauseTrigger(
  deps: TriggerDeps,
  { workflowId, triggerId }: TriggerReference,
  pausedBy: string,
): Promise<readonly StoredTrigger[]> {
  const rows = await triggersOf(deps, workflowId, triggerId);
  await deps.triggers.setPaused(rows, { at: deps.now(), pausedBy });
  return triggersOf(deps, workflowId, triggerId);
}

/** resumeTrigger lets triggers fire again, from where they were or, with `skipMissed`, from now on. */
export async function resumeTrigger(
  deps: TriggerDeps,
  { workflowId, triggerId }: TriggerReference,
  skipMissed: boolean,
): Promise<readonly StoredTrigger[]> {
  const rows = await triggersOf(deps, workflowId, triggerId);
  const at = deps.now();
  await deps.triggers.setPaused(rows, { at, ...(skipMissed ? { watermark: at } : {}) });
  deps.triggersChanged();
  return triggersOf(deps, workflowId, triggerId);
}
