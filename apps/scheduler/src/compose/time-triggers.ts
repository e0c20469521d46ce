import { DEFINITION_CHANGED } from '@maestro/messaging';
import type { Closers } from '@maestro/service';
import { postgresTimeTriggers } from '../adapters/postgres/time-trigger-store.js';
import { processTiming } from '../adapters/process/timing.js';
import { readTimeTriggers } from '../consumers/time-trigger-changes.js';
import { every } from '../loops/every.js';
import { TimeTriggerLoop } from '../loops/time-triggers.js';
import { CompiledTriggers } from '../usecases/time-triggers/compiled-triggers.js';
import { fireDue } from '../usecases/time-triggers/fire-due.js';
import type { TriggerDeps } from '../usecases/time-triggers/trigger-deps.js';
import type { Base } from './base.js';
import type { Core } from './core.js';

const SECOND = 1_000;
/** The feed is read at start, on a hint, on reconnect and this often. */
const FEED_MS = 30 * SECOND;

/** startTimeTriggers follows definition's triggers and fires them; it answers what the RPCs of TriggerService work with. */
export function startTimeTriggers(base: Base, core: Core, closers: Closers): TriggerDeps {
  const { pools, messaging, telemetry, definition } = base;
  const around = { logger: telemetry.logger, timing: processTiming };
  const triggers = postgresTimeTriggers(pools.loops);
  const compiled = new CompiledTriggers();
  const { definitions, now } = core.rpc;
  const starting = { definitions, submit: core.submit, now, compiled };
  const loop = new TimeTriggerLoop({
    ...around,
    store: triggers,
    shards: core.shards,
    now,
    fire: (row) => fireDue(starting, row),
  });
  const scanning = every(SECOND, 'time-triggers', around, () => scanAll(loop));
  const feed = every(FEED_MS, 'time-trigger-changes', around, async () => {
    await readTimeTriggers({ triggers, now }, definition);
    scanning.nudge();
  });
  const listening = messaging.listen(DEFINITION_CHANGED, () => feed.nudge());
  const forget = messaging.onReconnect(() => feed.nudge());
  closers.add(async () => {
    forget();
    await Promise.all([listening.stop(), feed.stop(), scanning.stop()]);
    await loop.stop();
  });
  return { ...starting, triggers, triggersChanged: () => scanning.nudge() };
}

async function scanAll(loop: TimeTriggerLoop): Promise<void> {
  while (await loop.scan()) await new Promise(setImmediate);
}
