import { StepFailure } from './step-failure.js';

/** KeyedLock lets one at a time work on what has the same key, in the order of asking. */
export class KeyedLock {
  private readonly tails = new Map<string, Promise<void>>();

  /** run waits for its turn; a signal that aborts meanwhile ends the wait with a StepFailure (STOPPED). */
  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    let done = (): void => undefined;
    const mine = new Promise<void>((resolve) => (done = resolve));
    const tail = before.then(() => mine);
    this.tails.set(key, tail);
    void tail.then(() => this.tails.get(key) === tail && this.tails.delete(key));
    try {
      await beforeAbort(before, signal);
      return await work();
    } finally {
      done();
    }
  }
}

async function beforeAbort(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new StepFailure('STOPPED', 'stopped while waiting for another attempt'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([aborted, turn]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
