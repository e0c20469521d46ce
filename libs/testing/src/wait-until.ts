import { setTimeout as delay } from 'node:timers/promises';

/** WaitOptions bound a wait. */
export interface WaitOptions {
  /** How long the condition may take; 10 s unless told. */
  readonly timeoutMs?: number;
  /** What is waited for, in words: the failure begins with it. */
  readonly describe?: string;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;

/**
 * waitUntil asks `condition` until its answer is truthy, and returns that answer. A condition that throws is not met yet.
 * When the time is over it fails with what was waited for and the last answer or error seen.
 */
export async function waitUntil<T>(
  condition: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<NonNullable<T>> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = performance.now() + timeoutMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const seen = await answerOf(condition);
    if (seen.met) return seen.answer;
    if (performance.now() > deadline) throw new Error(failure(options.describe, timeoutMs, seen.shown));
    await delay(pause);
  }
}

type Seen<T> =
  { readonly met: true; readonly answer: NonNullable<T> } | { readonly met: false; readonly shown: string };

async function answerOf<T>(condition: () => T | Promise<T>): Promise<Seen<T>> {
  try {
    const answer = await condition();
    return answer ? { met: true, answer } : { met: false, shown: show(answer) };
  } catch (error) {
    return { met: false, shown: String(error) };
  }
}

function failure(describe: string | undefined, timeoutMs: number, shown: string): string {
  return `${describe ?? 'the condition'}: not met within ${timeoutMs} ms; last seen: ${shown}`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? `"${value}"` : String(value);
}
