import type { WorkflowKey } from '@maestro/domain';
import type { Input } from '../commit/input.js';

/** QueueSweep finds workflows whose queue has runs waiting although there is room. */
export interface QueueSweep {
  waiting(): Promise<readonly WorkflowKey[]>;
}

/** sweepQueues admits what a missed trigger (a change of limits, an unblock) has left waiting. */
export async function sweepQueues(sweep: QueueSweep, submit: (input: Input) => void): Promise<void> {
  for (const workflowKey of await sweep.waiting()) {
    submit({ kind: 'queue', workflowKey, act: { type: 'admit' }, settle: () => undefined, fail: () => undefined });
  }
}
