import { watchPermits } from '../loops/watch-permits.js';
import type { Closers } from '@maestro/service';
import { natsTaskQueue } from '../adapters/nats/task-queue.js';
import { postgresEventFeed } from '../adapters/postgres/postgres-event-feed.js';
import { postgresOutbox } from '../adapters/postgres/outbox-store.js';
import { ensurePartitions } from '../adapters/postgres/partitions.js';
import { postgresReady } from '../adapters/postgres/ready-store.js';
import { postgresQueueSweep } from '../adapters/postgres/queue-sweep.js';
import { processTiming } from '../adapters/process/timing.js';
import { every, type Repeating } from '../loops/every.js';
import { watchExecutors } from '../loops/executor-watch.js';
import { expireRuns } from '../loops/expire-runs.js';
import { publishEvents } from '../loops/publish-events.js';
import { releaseReady } from '../loops/release-ready.js';
import { relayOutbox } from '../loops/outbox-relay.js';
import { sweepQueues } from '../loops/sweep-queues.js';
import { RUN_EVENTS } from '@maestro/messaging';
import type { SchedulerConfig } from '../config.js';
import type { Base } from './base.js';
import type { Core } from './core.js';
import { lookAfterPermits } from './permit-deps.js';
import { retentionDeps } from './retention-deps.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Outsiders hear of a change this much later at most: one look at the feed then serves many commits. */
const EVENTS_DELAY_MS = 100;
/** Published events stay readable this long. */
const EVENTS_KEPT_MS = 24 * HOUR;

/** startLoops starts the background loops; it resolves once this replica holds shards. */
export async function startLoops(config: SchedulerConfig, base: Base, core: Core, closers: Closers): Promise<void> {
  const { pools, telemetry } = base;
  const around = { logger: telemetry.logger, timing: processTiming };
  await core.shards.renew();
  await refreshPools(core);
  const outbox = postgresOutbox(pools.loops);
  const queue = natsTaskQueue(base.messaging);
  const relay = { store: outbox, publisher: core.publisher, queue, now: core.now };
  const events = postgresEventFeed(pools.loops);
  const ready = { ready: postgresReady(pools.loops), room: core.room, now: core.now, submit: core.submit };
  const permits = lookAfterPermits(core);
  const retention = retentionDeps(config, base, core);
  const poolLoop = every(5 * SECOND, 'pools', around, () => refreshPools(core));
  const readyLoop = every(5 * SECOND, 'ready', around, () => releaseReady(ready));
  const eventLoop = every(5 * SECOND, 'events', around, () =>
    publishEvents(events, (batches) => sendEvents(base, batches)),
  );
  Object.assign(core.nudges, {
    pools: () => poolLoop.nudge(),
    ready: () => readyLoop.nudge(),
    events: soon(() => eventLoop.nudge(), EVENTS_DELAY_MS),
  });
  const loops: Repeating[] = [
    poolLoop,
    readyLoop,
    eventLoop,
    every(2 * SECOND, 'shard-leases', around, () => core.shards.renew()),
    every(SECOND, 'timers', around, () => scanTimers(core)),
    every(SECOND, 'permits', around, () => watchPermits(permits)),
    every(SECOND, 'executors', around, () => watchExecutors(core)),
    every(SECOND, 'outbox-relay', around, () => relayOutbox(relay)),
    every(SECOND, 'outbox-clean', around, () => core.loop.tidyOutbox(outbox.remove)),
    every(HOUR, 'events-trim', around, () => events.trim(core.now() - EVENTS_KEPT_MS)),
    every(30 * SECOND, 'queue-sweep', around, () => sweepQueues(postgresQueueSweep(pools.loops), core.submit)),
    every(HOUR, 'partitions', around, () => ensurePartitions(pools.loops, core.now())),
    every(HOUR, 'retention', around, () => expireRuns(retention)),
  ];
  closers.add(() => Promise.all(loops.map((loop) => loop.stop())));
}

/** Many calls within the delay are one. */
function soon(act: () => void, delayMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      act();
    }, delayMs);
  };
}

async function refreshPools(core: Core): Promise<void> {
  const owners = await core.shardStore.owners();
  await core.pools.refresh(owners.length);
  if (core.room.waiting) core.nudges.ready();
}

async function scanTimers({ timers }: Core): Promise<void> {
  while (await timers.scan()) await new Promise(setImmediate);
}

async function sendEvents({ messaging }: Base, batches: readonly Uint8Array[]): Promise<void> {
  const failures = await messaging.publishBatch(batches.map((data) => ({ subject: RUN_EVENTS, data })));
  if (failures[0] !== undefined) throw new Error(`events were not stored: ${failures[0].message}`);
}
