import type { Millis } from '@maestro/domain';
import type { Clock } from '../ports/clock.js';

/** Trips that took longer than the best one say less about the offset, until the best one is too old to be trusted. */
const BEST_IS_GOOD_FOR_MS = 60_000;

/** SchedulerClock tells the scheduler's time by a local clock that never jumps and the offset that renewals measure. */
export class SchedulerClock implements Clock {
  private offset: number;
  private bestTrip = Infinity;
  private bestAt = 0;

  constructor(
    private readonly local: { monotonic(): number },
    /** Used until the scheduler has answered once. */
    wallClock: Millis,
  ) {
    this.offset = wallClock - local.monotonic();
  }

  monotonic(): number {
    return this.local.monotonic();
  }

  now(): Millis {
    return Math.floor(this.local.monotonic() + this.offset);
  }

  /** synchronize takes over the scheduler's time from an answer to what was asked at `sentAt` (monotonic). */
  synchronize(schedulerNow: Millis, sentAt: number): void {
    const at = this.local.monotonic();
    const trip = at - sentAt;
    if (trip > this.bestTrip && at - this.bestAt < BEST_IS_GOOD_FOR_MS) return;
    this.bestTrip = trip;
    this.bestAt = at;
    this.offset = schedulerNow - (sentAt + trip / 2);
  }
}
