import type { Millis } from '@maestro/domain';
import type { Outcome } from '../ports/channel.js';
import type { Delivery, Settled } from '../ports/delivery.js';

/** RetryPolicy says how hard is tried. */
export interface RetryPolicy {
  readonly tries: number;
  readonly firstMs: number;
  readonly longestMs: number;
  readonly giveUpMs: number;
}

const GROWTH = 4;
const MAX_ANSWER = 500;

/** settledBy decides what becomes of a delivery after a try; `chance` is 0 to 1, and keeps those that failed together apart. */
export function settledBy(
  { key, attempt, pendingSince }: Pick<Delivery, 'key' | 'attempt' | 'pendingSince'>,
  outcome: Outcome,
  policy: RetryPolicy,
  now: Millis,
  chance: number,
): Settled {
  const answer = (outcome.result === 'delivered' ? outcome.answer : outcome.reason).slice(0, MAX_ANSWER);
  if (outcome.result === 'delivered') return { key, attempt, state: 'DELIVERED', answer };
  if (outcome.result === 'refused') return { key, attempt, state: 'DEAD', answer };
  const pause = Math.max(pauseAfter(attempt, policy) * (0.9 + 0.2 * chance), outcome.afterMs ?? 0);
  const nextTry = Math.ceil(now + pause);
  const over = attempt >= policy.tries || nextTry > pendingSince + policy.giveUpMs;
  return over ? { key, attempt, state: 'DEAD', answer } : { key, attempt, state: 'PENDING', answer, nextTry };
}

function pauseAfter(attempt: number, { firstMs, longestMs }: RetryPolicy): number {
  return Math.min(longestMs, firstMs * GROWTH ** Math.min(attempt - 1, 20));
}
