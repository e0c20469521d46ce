import { MaestroError, type RunStrategy } from '@maestro/domain';
import { checkSwitch } from '@maestro/run-strategy';
import type { RunReader } from '../ports/run-reader.js';

/**
 * checkStrategySwitch throws RUN_STRATEGY_SWITCH_REFUSED when a workflow's instances forbid the change. A workflow that
 * this service has not heard of has none.
 */
export async function checkStrategySwitch(
  reader: Pick<RunReader, 'queue'>,
  workflowId: string,
  to: RunStrategy,
): Promise<void> {
  const queue = await reader.queue(workflowId);
  if (queue === undefined) return;
  const from: RunStrategy = { rule: queue.rule, workflowConcurrency: queue.concurrency };
  const reason = checkSwitch(from, to, queue);
  if (reason === undefined) return;
  const message = `Workflow "${workflowId}" cannot change from ${from.rule} to ${to.rule} now: ${reason}.`;
  throw new MaestroError('RUN_STRATEGY_SWITCH_REFUSED', message, { metadata: { workflow_id: workflowId } });
}
