import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { TaskDelivery } from '../ports/task-source.js';
import { foreignTenantRuntime } from '../runtimes/foreign-tenant-runtime.js';
import { missingRuntime } from '../runtimes/missing-runtime.js';
import { outlivesExecutor, type Runtime } from '../runtimes/runtime.js';
import { Attempt } from './attempt.js';
import { claimAttempt, mayBeLeft } from './claim-attempt.js';
import { dispatchKey } from './dispatch-key.js';
import type { Execution } from './execution.js';
import { isFull } from './free-slots.js';
import { mayRunElsewhere } from './may-run-elsewhere.js';
import { reportCancelled } from './report-result.js';
import { startAttempt } from './start-attempt.js';

/** How soon another executor should get what cannot begin here. */
const ELSEWHERE_MS = 500;

/**
 * acceptTask decides what becomes of a delivery (architecture §8): a fresh one runs at once; one that may have begun
 * elsewhere claims before it runs; one that runs here already only renews what there is to ack.
 */
export function acceptTask(execution: Execution, delivery: TaskDelivery): void {
  const { attempts, gate, tombstones } = execution;
  const known = attempts.find(dispatchKey(delivery.task));
  if (known !== undefined) {
    renewDelivery(known, delivery);
    return;
  }
  const runtime = runtimeOf(execution, delivery.task);
  // Each type is asked for by itself, so that several may fill the last slots at once.
  if (!gate.open || (runtime.takesSlot && isFull(execution, delivery.task))) {
    delivery.retryAfter(ELSEWHERE_MS);
    return;
  }
  const attempt = new Attempt(delivery.task, delivery, runtime, execution.services);
  attempts.add(attempt);
  const cancelled = tombstones.has(attempt.key);
  if (cancelled && !mayBeLeft(attempt) && !mayRunElsewhere(delivery, runtime)) reportCancelled(execution, attempt);
  else if (!cancelled && isFresh(execution, delivery, runtime)) startAttempt(execution, attempt);
  else claimAttempt(execution, attempt);
}

function runtimeOf({ runtimes, shares: { tenants } }: Execution, { stepType, tenant }: Task): Runtime {
  if (tenants.size > 0 && !tenants.has(tenant)) return foreignTenantRuntime;
  return runtimes.get(stepType.toLowerCase()) ?? missingRuntime;
}

/** The older delivery has lost its right to ack; of a claimed attempt only the ack was lost. */
function renewDelivery(attempt: Attempt, delivery: TaskDelivery): void {
  attempt.delivery = delivery;
  if (attempt.claim === 'granted') delivery.ack();
}

/**
 * Fresh: nobody else can have begun to run it, and the scheduler has not given up waiting for a sign of life. What outlives
 * this process never is: the scheduler has to know of it before it begins.
 */
function isFresh({ clock }: Execution, { task, redelivered }: TaskDelivery, runtime: Runtime): boolean {
  if (redelivered || task.dispatch !== 1 || outlivesExecutor(runtime, task)) return false;
  const within = Math.min(Number(task.fastStartMillis), runtime.freshMillis ?? Infinity);
  return clock.now() - Number(task.dispatchedAt) <= within;
}
