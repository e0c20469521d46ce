import type { JsonObject, Millis, RunKey } from '@maestro/domain';
import type { LimitedTag } from '../permits/limited-tags.js';
import type { TagKey } from '../rows/permit-rows.js';

/** Admitted is what a pass over some tags came to. */
export interface Admitted {
  /** Runs for which a grant was left: they are to be woken. */
  readonly told: readonly RunKey[];
  /** There may be more to admit. */
  readonly incomplete: boolean;
}

/** PermitStore knows the limits of tags, and admits those who wait when a limit has changed. */
export interface PermitStore {
  /** All limits that people or workflows have set, unless nothing has changed since a revision. */
  limited(since: bigint): Promise<{ readonly revision: bigint; readonly tags: readonly LimitedTag[] } | undefined>;
  /** Set the limit of a tag, and what is kept with it; undefined takes the limit away. */
  setLimit(tag: LimitedTag, at: Millis, extra?: JsonObject): Promise<void>;
  /** Set or take away the limit of a workflow's steps, unless it is known from a later position, or people have set one. */
  setStepConcurrency(tag: LimitedTag, revision: bigint, at: Millis): Promise<void>;
  /** Tags with somebody who waits although there is room; a few. */
  withRoom(): Promise<readonly TagKey[]>;
  /** Grant to those who wait for these tags, as far as there is room. */
  admit(tags: readonly TagKey[], at: Millis): Promise<Admitted>;
}
