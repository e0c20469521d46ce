import type { FeedGrowth } from '../ports/change-feed.js';

/** GrowthSignal is a FeedGrowth that is told of growth by whoever learns of it first. */
export interface GrowthSignal extends FeedGrowth {
  grown(): void;
}

/** growthSignal wakes whoever waits for the feed to grow. */
export function growthSignal(): GrowthSignal {
  const waiting = new Set<() => void>();
  let count = 0;
  return {
    mark: () => count,
    grown: () => {
      count += 1;
      for (const wake of waiting) wake();
    },
    past: (mark, signal) =>
      new Promise((resolve) => {
        if (count !== mark || signal.aborted) return resolve();
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
  };
}
