import { RUN_STRATEGY_RULES, type RunStrategy } from '@maestro/domain';
import fc from 'fast-check';
import { admissible, decideStart } from './admission.js';

interface Queue {
  running: number;
  queued: number;
  blockingFailed: number;
}
type Act = 'start' | 'succeed' | 'fail' | 'unblock';

const strategies = fc.record({
  rule: fc.constantFrom(...RUN_STRATEGY_RULES),
  workflowConcurrency: fc.integer({ min: 1, max: 5 }),
});
const acts = fc.array(fc.constantFrom<Act>('start', 'start', 'succeed', 'fail', 'unblock'), { maxLength: 60 });
const limitOf = (strategy: RunStrategy): number => (strategy.rule === 'PARALLEL' ? strategy.workflowConcurrency : 1);

test('random starts and ends never run more than allowed, never overfill a latest-only queue, and leave nothing stuck', () => {
  fc.assert(
    fc.property(strategies, acts, (strategy, script) => {
      const queue: Queue = { running: 0, queued: 0, blockingFailed: 0 };
      for (const act of script) {
        perform(strategy, queue, act);
        expect(queue.running).toBeLessThanOrEqual(limitOf(strategy));
        if (/LATEST|LAST|FIRST/.test(strategy.rule)) expect(queue.queued).toBeLessThanOrEqual(1);
        if (queue.queued > 0) expect(blockerOf(strategy, queue)).not.toBe('nothing');
      }
      drain(strategy, queue);
      expect(queue).toEqual({ running: 0, queued: 0, blockingFailed: 0 });
    }),
  );
});

/** What keeps the queue waiting; a queue that waits for nothing is stuck. */
function blockerOf(strategy: RunStrategy, queue: Queue): string {
  if (queue.running >= limitOf(strategy)) return 'running instances';
  if (strategy.rule === 'STRICT_SEQUENTIAL' && queue.blockingFailed > 0) return 'failed runs';
  return 'nothing';
}

function perform(strategy: RunStrategy, queue: Queue, act: Act): void {
  if (act === 'start') start(strategy, queue);
  else if (act === 'unblock') queue.blockingFailed = 0;
  else end(queue, act === 'fail');
  launch(strategy, queue);
}

function start(strategy: RunStrategy, queue: Queue): void {
  const decision = decideStart(strategy, queue);
  if (decision.stopQueued) queue.queued = 0;
  if (decision.insert === 'LAUNCH') queue.running += 1;
  if (decision.insert === 'QUEUE') queue.queued += 1;
}

function end(queue: Queue, failed: boolean): void {
  if (queue.running === 0) return;
  queue.running -= 1;
  if (failed) queue.blockingFailed += 1;
}

function launch(strategy: RunStrategy, queue: Queue): void {
  const admitted = admissible(strategy, queue);
  queue.running += admitted;
  queue.queued -= admitted;
}

function drain(strategy: RunStrategy, queue: Queue): void {
  for (let left = 200; left > 0 && queue.running + queue.queued > 0; left -= 1) {
    perform(strategy, queue, 'unblock');
    perform(strategy, queue, 'succeed');
  }
  queue.blockingFailed = 0;
}
