/** Timing is how what decides lets time pass. The service's own is `processTiming`; the simulation has a clock of its own. */
export interface Timing {
  /** Run it once all that has arrived by now is taken in. */
  soon(act: () => void): void;
  /** Run it after a pause in milliseconds; answers how to call it off. */
  after(pauseMs: number, act: () => void): () => void;
}

/** rest resolves after a pause in milliseconds. */
export function rest(timing: Timing, pauseMs: number): Promise<void> {
  return new Promise((resolve) => timing.after(pauseMs, resolve));
}
