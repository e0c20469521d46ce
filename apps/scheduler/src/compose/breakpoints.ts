import { replicaBreakpointsSubject } from '@maestro/messaging';
import type { Closers } from '@maestro/service';
import { readBreakpoints } from '../consumers/breakpoints.js';
import { processTiming } from '../adapters/process/timing.js';
import { every } from '../loops/every.js';
import type { Base } from './base.js';
import type { Core } from './core.js';

/** Whatever was missed is known after this long, at the latest. */
const READ_MS = 30_000;

/**
 * startBreakpoints reads the breakpoints before this replica decides anything. It says that it lives first: whoever sets one either tells
 * this replica, or has set it before it is read.
 */
export async function startBreakpoints(
  { messaging, telemetry, replicaId }: Base,
  core: Core,
  closers: Closers,
): Promise<void> {
  const { book, shardStore } = core;
  const serving = messaging.serve(replicaBreakpointsSubject(replicaId), () => readBreakpoints(book));
  await shardStore.enter();
  await book.reload();
  const again = every(READ_MS, 'breakpoints', { logger: telemetry.logger, timing: processTiming }, () => book.reload());
  const forget = messaging.onReconnect(() => again.nudge());
  closers.add(async () => {
    forget();
    await Promise.all([again.stop(), serving.stop()]);
  });
}
