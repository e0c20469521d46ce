import type { Millis, RunKey } from '@maestro/domain';
import type { LimitedTags } from '../permits/limited-tags.js';
import type { PermitStore } from '../ports/permit-store.js';
import { AT_ONCE } from '../ports/wakeup-store.js';

export interface WatchPermitsDeps {
  readonly permits: PermitStore;
  readonly limited: LimitedTags;
  now(): Millis;
  /** A run has a wakeup at this time. */
  wakeAt(runKey: RunKey, at: Millis): void;
}

/** readLimits brings what this replica knows of limits up to date; one small look when nothing has changed. */
export async function readLimits({ permits, limited }: Pick<WatchPermitsDeps, 'permits' | 'limited'>): Promise<void> {
  const read = await permits.limited(limited.current);
  if (read !== undefined) limited.refresh(read.revision, read.tags);
}

/** watchPermits admits those who wait although there is room: a limit was raised or taken away, or a commit left some for later. */
export async function watchPermits(deps: WatchPermitsDeps): Promise<void> {
  await readLimits(deps);
  const tags = await deps.permits.withRoom();
  if (tags.length === 0) return;
  const at = deps.now();
  const { told } = await deps.permits.admit(tags, at);
  for (const runKey of new Set(told)) deps.wakeAt(runKey, AT_ONCE);
}
