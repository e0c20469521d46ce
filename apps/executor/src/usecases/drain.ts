import type { Execution } from './execution.js';
import { stopAll } from './stop-attempts.js';

/**
 * drain takes no new work, lets what runs end by itself for up to `graceMs`, stops the rest as a platform failure, and
 * resolves when the scheduler has answered every report or `answerMs` are over.
 */
export async function drain(execution: Execution, graceMs: number, answerMs: number): Promise<void> {
  execution.gate.startDraining();
  if (!(await within(graceMs, execution.attempts.whenIdle()))) {
    stopAll(execution, 'drained');
    await within(answerMs, execution.attempts.whenIdle());
  }
  await within(answerMs, execution.reports.whenEmpty());
}

async function within(limitMs: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const inTime = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
