import {
  DEFINITION_CHANGED,
  SCHEDULER_EXECUTORS,
  SCHEDULER_MATCHES,
  SCHEDULER_QUEUE,
  SCHEDULER_REPORTS,
  replicaMatchesSubject,
  replicaReportsSubject,
  shardHintSubject,
} from '@maestro/messaging';
import { SHARDS } from '@maestro/domain';
import type { Closers } from '@maestro/service';
import { postgresFeedCursor } from '../adapters/postgres/feed-cursor.js';
import { readDefinitionChanges } from '../consumers/definition-changes.js';
import { renewLease } from '../consumers/renew-lease.js';
import { takeMatches } from '../consumers/signal-matches.js';
import { takeReports } from '../consumers/reports.js';
import { processTiming } from '../adapters/process/timing.js';
import { every } from '../loops/every.js';
import { keepStepConcurrency } from '../usecases/keep-step-concurrency.js';
import type { Base } from './base.js';
import type { Core } from './core.js';

/** The feed is read at start, on a hint, on reconnect and this often: the feed is the truth, hints only make it prompt. */
const FEED_MS = 30_000;

export function startConsumers(base: Base, core: Core, closers: Closers): void {
  const { messaging, telemetry, replicaId, pools } = base;
  const { logger } = telemetry;
  const { submit, now } = core;
  const reports = { logger, submit, now };
  const onMatches = (data: Uint8Array): Promise<Uint8Array> => takeMatches(reports, data);
  const onReports = (data: Uint8Array): Promise<Uint8Array> => takeReports(reports, data);
  const leases = { leases: core.leases, shards: core.shardStore, submit, now, poolsChanged: () => core.nudges.pools() };
  const feed = every(FEED_MS, 'definition-changes', { logger: telemetry.logger, timing: processTiming }, () =>
    readDefinitionChanges(
      {
        cursor: postgresFeedCursor(pools.loops),
        submit,
        keepStepConcurrency: (wanted) => keepStepConcurrency(core, wanted),
      },
      base.definition,
    ),
  );
  const listening = [
    messaging.serve(replicaReportsSubject(replicaId), onReports),
    messaging.serve(SCHEDULER_REPORTS, onReports, SCHEDULER_QUEUE),
    messaging.serve(replicaMatchesSubject(replicaId), onMatches),
    messaging.serve(SCHEDULER_MATCHES, onMatches, SCHEDULER_QUEUE),
    messaging.serve(SCHEDULER_EXECUTORS, (data) => renewLease(leases, data), SCHEDULER_QUEUE),
    messaging.listen(DEFINITION_CHANGED, () => feed.nudge()),
    ...Array.from({ length: SHARDS }, (_, shard) =>
      messaging.listen(shardHintSubject(shard), () => void hinted(core, shard)),
    ),
  ];
  const forget = messaging.onReconnect(() => feed.nudge());
  closers.add(async () => {
    forget();
    await Promise.all([feed.stop(), ...listening.map((one) => one.stop())]);
  });
}

/** Another replica has committed an earlier wakeup of one of our runs. */
async function hinted({ shards, timers }: Core, shard: number): Promise<void> {
  if (shards.shards.includes(shard)) await timers.scan().catch(() => false);
}
