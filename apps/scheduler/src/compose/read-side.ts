import type { Closers } from '@maestro/service';
import { NatsRunChanges } from '../adapters/nats/run-changes.js';
import { postgresIterationReader } from '../adapters/postgres/iteration-reader.js';
import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { postgresWaitReader } from '../adapters/postgres/wait-reader.js';
import type { RunWatchers } from '../commit/run-watchers.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunChanges } from '../ports/run-changes.js';
import type { ReadDeps } from '../rpc/read-deps.js';
import type { ExplainDeps } from '../usecases/explain-run.js';
import type { IterationDeps } from '../usecases/locate-iterations.js';
import { FOLLOW_TIMING, type FollowDeps } from '../watch/follow-run.js';
import { WatchSlots } from '../watch/watch-slots.js';
import type { Base } from './base.js';

/** Streams that follow runs through this replica at once. */
const MAX_WATCHES = 1_000;

interface ReadSideInput {
  readonly definitions: DefinitionStore;
  readonly watchers: RunWatchers;
  readonly changes: RunChanges;
}

/** runChanges hears of and tells changes of followed runs between replicas. */
export function runChanges({ messaging, replicaId, clock }: Base, closers: Closers): RunChanges {
  const changes = new NatsRunChanges({ messaging, replicaId, now: () => clock.now() });
  closers.add(() => changes.stop());
  return changes;
}

/** readSide wires what the RPCs that read need. */
export function readSide(
  { pools }: Base,
  input: ReadSideInput,
): ReadDeps & Pick<ExplainDeps, 'waits'> & Pick<IterationDeps, 'iterations'> & FollowDeps {
  const { definitions, watchers, changes } = input;
  return {
    reader: postgresRunReader(pools.reads),
    iterations: postgresIterationReader(pools.reads),
    waits: postgresWaitReader(pools.reads),
    definitions,
    watchers,
    changes,
    slots: new WatchSlots(MAX_WATCHES),
    timing: FOLLOW_TIMING,
  };
}
