import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '@maestro/testing';
import type { Fault } from './faults.js';

/** Recovery is one fault, and how long it took until more runs ended. */
export interface Recovery {
  readonly fault: string;
  readonly millis: number;
}

/** ChaosOptions say how hard it is. */
export interface ChaosOptions {
  readonly faults: readonly Fault[];
  /** Between two faults, at least; what it takes to recover from the first one is part of it. */
  readonly pauseMs: { readonly least: number; readonly most: number };
  /** How many runs have ended by now. */
  readonly ended: () => Promise<number>;
  /** Is the load over? Then there is no progress to wait for. */
  readonly over: () => boolean;
}

const PATIENCE_MS = 60_000;

/** wreak injects the faults in turn, again and again, until the load is over, and tells how each was recovered from. */
export async function wreak(options: ChaosOptions): Promise<Recovery[]> {
  const { faults, pauseMs, over } = options;
  const recoveries: Recovery[] = [];
  for (let index = 0; !over(); index += 1) {
    const fault = faults[index % faults.length];
    if (fault === undefined) return recoveries;
    const began = performance.now();
    const recovered = await recovery(fault, options);
    if (recovered !== undefined) recoveries.push(recovered);
    const pause = pauseMs.least + (pauseMs.most - pauseMs.least) * ((index * 0.37) % 1);
    await delay(Math.max(pause - (performance.now() - began), 0));
  }
  return recoveries;
}

async function recovery(fault: Fault, { ended, over }: ChaosOptions): Promise<Recovery | undefined> {
  const killed = performance.now();
  await fault.inject();
  // Of what ended before the fault nothing may count: it is looked at when the fault has struck.
  const before = await waitUntil(async () => ({ ended: await ended() }), {
    timeoutMs: PATIENCE_MS,
    describe: 'Postgres answers',
  });
  await waitUntil(async () => over() || (await ended()) > before.ended, {
    timeoutMs: PATIENCE_MS,
    describe: `runs end after the ${fault.name}`,
  });
  return over() ? undefined : { fault: fault.name, millis: performance.now() - killed };
}
