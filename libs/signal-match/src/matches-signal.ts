import type { Millis, SignalMatches, SignalParams } from '@maestro/domain';
import { holds } from './compare-values.js';

/** Wanted is what a dependency or a trigger wants of a signal. */
export interface Wanted {
  readonly matchParams: SignalMatches;
  /** Signals announced before do not count. */
  readonly since?: Millis | undefined;
}

/** matchesSignal says whether an announcement is what is wanted: every comparison holds, and it is new enough. */
export function matchesSignal(wanted: Wanted, params: SignalParams, announcedAt: Millis): boolean {
  if (wanted.since !== undefined && announcedAt < wanted.since) return false;
  return Object.entries(wanted.matchParams).every(([name, { operator, value }]) =>
    holds(Object.hasOwn(params, name) ? params[name] : undefined, operator, value),
  );
}
