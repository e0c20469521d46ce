import type { Millis } from '@maestro/domain';
import type { Input } from '../commit/input.js';
import type { PoolRoom } from '../commit/pool-room.js';
import type { ReadyStore } from '../ports/ready-store.js';

export interface ReleaseReadyDeps {
  readonly ready: ReadyStore;
  readonly room: PoolRoom;
  now(): Millis;
  submit(input: Input): void;
}

/** Released at once at most, so that one pool's backlog does not fill the commit loop. */
const RELEASE_LIMIT = 500;

/** releaseReady hands attempts that wait for room in their pool to it, oldest first and in turns between tenants. */
export async function releaseReady(deps: ReleaseReadyDeps): Promise<void> {
  const pools = await deps.ready.pools();
  deps.room.waiting = pools.length > 0;
  for (const pool of pools) {
    const room = Math.min(RELEASE_LIMIT, deps.room.room(pool));
    if (room === 0) continue;
    for (const { runKey, ordinal, attempt, dispatch } of await deps.ready.oldest(pool, room)) {
      const event = { type: 'attempt-released', at: deps.now(), ordinal, attempt, dispatch } as const;
      deps.submit({ kind: 'event', runKey, event, settle: () => undefined, fail: () => undefined });
    }
  }
}
