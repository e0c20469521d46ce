import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 10;

/**
 * pollUntil asks every 10 ms until the answer is not undefined, and returns it. For what can only be asked: files and
 * ports of other programs. Throws with `failure` once `timeoutMs` have passed.
 */
export async function pollUntil<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  timeoutMs: number,
  failure: () => string,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(failure());
    await delay(POLL_MS);
  }
}
