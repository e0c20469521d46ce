import type { WorkflowKey } from '@maestro/domain';

/** QueueSweep finds workflows whose queue has runs waiting although there is room. */
export interface QueueSweep {
  waiting(): Promise<readonly WorkflowKey[]>;
}
