import type { Input } from '../commit/input.js';
import type { QueueSweep } from '../ports/queue-sweep.js';

/** sweepQueues admits what a missed trigger (a change of limits, an unblock) has left waiting. */
export async function sweepQueues(sweep: QueueSweep, submit: (input: Input) => void): Promise<void> {
  for (const workflowKey of await sweep.waiting()) {
    submit({ kind: 'queue', workflowKey, act: { type: 'admit' }, settle: () => undefined, fail: () => undefined });
  }
}
