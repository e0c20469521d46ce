import { postgresPermitReader } from '../adapters/postgres/permit-reader.js';
import { watchPermits, type WatchPermitsDeps } from '../loops/watch-permits.js';
import type { PermitDeps } from '../usecases/set-tag-permit.js';
import type { Base } from './base.js';
import type { Core } from './core.js';

/** lookAfterPermits is what limits are looked after with. */
export function lookAfterPermits({ permits, limited, timers, now }: Core): WatchPermitsDeps {
  return { permits, limited, now, wakeAt: (runKey, at) => timers.wakeAt(runKey, at) };
}

/** permitDeps is what the RPCs of PermitService work with. */
export function permitDeps({ pools }: Base, core: Core): PermitDeps {
  const { permits, now } = core;
  const watched = lookAfterPermits(core);
  return { permits, now, reader: postgresPermitReader(pools.reads), limitsChanged: () => watchPermits(watched) };
}
