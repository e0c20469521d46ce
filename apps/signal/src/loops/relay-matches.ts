import { setTimeout as pause } from 'node:timers/promises';
import type { Waits } from '../ports/waits.js';
import { deliverMatches, type DeliveryDeps } from '../usecases/deliver-matches.js';

const BATCH = 500;

export interface RelayMatchesOptions extends DeliveryDeps {
  readonly waits: Waits;
  readonly everyMs: number;
  /** Younger matches are left to the process that found them. */
  readonly olderThanMs: number;
  readonly onError: (error: unknown) => void;
}

/** relayMatches tells again of matches that no scheduler has confirmed, until aborted. */
export async function relayMatches(options: RelayMatchesOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await relayOnce(options).catch(options.onError);
    await pause(options.everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One round: as long as somebody hears, there may be more to tell. */
async function relayOnce(options: RelayMatchesOptions): Promise<void> {
  let heard = BATCH;
  while (heard === BATCH) {
    const matches = await options.waits.undelivered(options.olderThanMs, BATCH);
    heard = matches.length === 0 ? 0 : await deliverMatches(options, matches);
  }
}
