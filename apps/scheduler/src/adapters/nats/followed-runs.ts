import type { Millis, RunKey } from '@maestro/domain';

/** Followed runs beyond this many are forgotten, the oldest interest first: their watchers look again by themselves. */
const MAX_FOLLOWED = 50_000;

/** FollowedRuns is the set of runs that other replicas follow. Interest that is not told again expires. */
export class FollowedRuns {
  /** In the order of their expiry: all live equally long. */
  private readonly until = new Map<RunKey, Millis>();

  constructor(private readonly lifeMs: number) {}

  add(runKey: RunKey, now: Millis): void {
    this.until.delete(runKey);
    this.until.set(runKey, now + this.lifeMs);
    this.expire(now);
  }

  has(runKey: RunKey, now: Millis): boolean {
    const until = this.until.get(runKey);
    return until !== undefined && until > now;
  }

  private expire(now: Millis): void {
    for (const [runKey, until] of this.until) {
      if (until > now && this.until.size <= MAX_FOLLOWED) return;
      this.until.delete(runKey);
    }
  }
}
