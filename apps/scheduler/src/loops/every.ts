import type { Logger } from '@maestro/telemetry';
import type { Timing } from '../ports/timing.js';

/** Repeating is work that is done again and again until it is stopped. */
export interface Repeating {
  /** Do it now, or once more if it is running. */
  nudge(): void;
  stop(): Promise<void>;
}

/** every does the work at once and then again after each pause; a failure is logged and the work goes on. */
export function every(
  pauseMs: number,
  name: string,
  { logger, timing }: { readonly logger: Logger; readonly timing: Timing },
  work: () => Promise<void>,
): Repeating {
  let cancel = (): void => undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const round = async (): Promise<void> => {
    try {
      await work();
    } catch (err) {
      if (!stopped) logger.warn({ err, loop: name }, 'a background loop failed and is tried again');
    }
  };
  const run = (): void => {
    cancel();
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    running = round().finally(() => {
      running = undefined;
      if (again) {
        again = false;
        run();
      } else if (!stopped) cancel = timing.after(pauseMs, run);
    });
  };
  run();
  return {
    nudge: run,
    stop: async () => {
      stopped = true;
      cancel();
      await running;
    },
  };
}
