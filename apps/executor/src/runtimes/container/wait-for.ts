/** sleep resolves after a time, or as soon as the signal aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** hasAborted is asked again after each wait: a signal may abort meanwhile. */
export function hasAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Patience says how long a server that does not answer is asked again. */
export interface Patience {
  readonly signal?: AbortSignal;
  /** Milliseconds; Infinity while something of the attempt may run there: nobody may say that it has ended. */
  readonly giveUpMs: number;
  /** True: asking again makes sense. */
  isAway(error: unknown): boolean;
  /** Told once, when it does not answer for the first time. */
  away(error: unknown): void;
}

const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 5_000;

/** patiently does `work` again as long as the server is away. Rejects with the last error when patience or the signal ends. */
export async function patiently<T>(patience: Patience, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience.giveUpMs;
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      const over = performance.now() >= deadline || patience.signal?.aborted === true;
      if (!patience.isAway(error) || over) throw error;
      if (failures === 0) patience.away(error);
      await sleep(Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures, 10), MAX_PAUSE_MS), patience.signal);
    }
  }
}
