import type { TaskDelivery } from '../ports/task-source.js';
import { outlivesExecutor, type Runtime } from '../runtimes/runtime.js';

/**
 * mayRunElsewhere: of a first dispatch, another delivery may have begun without asking; only the scheduler knows when that is over. Nobody
 * begins without a claim what outlives its executor.
 */
export function mayRunElsewhere({ task, redelivered }: TaskDelivery, runtime: Runtime): boolean {
  return task.dispatch === 1 && !outlivesExecutor(runtime, task) && (redelivered || task.copy);
}
