import type { RunStrategy } from '@maestro/domain';
import type { QueueCounts, StartDecision } from './queue.js';
import { STRATEGIES } from './strategies.js';

const REFUSED: StartDecision = { insert: 'STOPPED', stopQueued: false, stopRunning: false };

/**
 * decideStart says how a new instance enters. A closed workflow records it as STOPPED; callers refuse such starts before,
 * with a precise error. An instance never overtakes one that already waits.
 */
export function decideStart(strategy: RunStrategy, counts: QueueCounts): StartDecision {
  const { refused, stopQueued, stopRunning } = STRATEGIES[strategy.rule].onStart(counts);
  if (counts.closed === true || refused) return REFUSED;
  const ahead = stopQueued ? 0 : counts.queued;
  const launch = admissible(strategy, { ...counts, queued: ahead + 1 }) > ahead;
  return { insert: launch ? 'LAUNCH' : 'QUEUE', stopQueued, stopRunning };
}

/** admissible says how many of the waiting instances may be launched now, oldest first. Safe for any counts, also after a switch of strategy. */
export function admissible(strategy: RunStrategy, counts: QueueCounts): number {
  if (counts.paused === true || counts.closed === true) return 0;
  const rule = STRATEGIES[strategy.rule];
  if (rule.blocked(counts)) return 0;
  const room = rule.limit(strategy.workflowConcurrency) - counts.running;
  return Math.max(0, Math.min(room, counts.queued));
}

/** checkSwitch says why a workflow with these counts may not change its strategy; undefined = it may (specification §1.4). */
export function checkSwitch(from: RunStrategy, to: RunStrategy, counts: QueueCounts): string | undefined {
  if (from.rule === to.rule) return undefined;
  return STRATEGIES[to.rule].refuseSwitch(counts);
}
