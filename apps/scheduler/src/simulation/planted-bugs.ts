import { fromBinary } from '@bufbuild/protobuf';
import { OutboxBatchSchema } from '@maestro/proto/maestro/scheduler/v1/outbox';
import type { Verdict } from '@maestro/engine';
import type { CommitDeps } from '../commit/commit-deps.js';
import type { EventInput } from '../commit/input.js';
import { PoolRoom } from '../commit/pool-room.js';
import type { Locked, OpenTransaction, RunStore } from '../ports/run-store.js';
import type { BatchRows } from '../rows/batch-rows.js';
import type { Tamper } from './tamper.js';

/** PLANTED_BUGS are mistakes that the commit loop could have: the simulation has to find each of them. */
export const PLANTED_BUGS: Readonly<Record<string, Tamper>> = {
  'answers before it has committed': {
    input: (input) => (isReport(input) ? answeredAtOnce(input) : input),
  },
  'does not check versions when it commits at once': onWrite((rows) => ({ ...rows, versions: [] })),
  'does not check versions under its locks': onLocked((locked, runs) => ({ ...locked, runs: new Set(runs) })),
  'publishes before it commits': onStore((store, { publisher }) => ({
    ...store,
    commitDirect: async (rows, assumed) => {
      const messages = rows.outbox ? fromBinary(OutboxBatchSchema, rows.outbox.messages).messages : [];
      await publisher.publish(messages).catch(() => undefined);
      return store.commitDirect(rows, assumed);
    },
  })),
  'takes an unknown outcome for a commit': onStore((store) => ({
    ...store,
    wasCommitted: () => Promise.resolve(true),
  })),
  'keeps stale runs after a conflict': {
    deps: (deps) => {
      deps.cache.drop = () => undefined;
      return deps;
    },
  },
  'forgets the wakeups of runs': onWrite((rows) => ({ ...rows, wakeupInserts: [] })),
  'forgets the events that it leaves for other runs': onWrite((rows) => ({ ...rows, pendingActions: [] })),
  'does not delete events that were applied': onWrite((rows) => ({ ...rows, pendingActionsDone: [] })),
  'does not write claims down': onWrite((rows) => ({ ...rows, claimInserts: [] })),
  'does not write down what waits for room': onWrite((rows) => ({ ...rows, readyInserts: [] })),
  'counts one running instance too few': onWrite((rows) => ({
    ...rows,
    queues: rows.queues.map((row) => ({ ...row, running: Math.max(0, row.running - 1) })),
  })),
  'does not take admitted runs off the queue': onWrite((rows) => ({ ...rows, entryDeletes: [] })),
  'grants a permit twice': onLocked((locked) => {
    if (locked.permits === undefined) return locked;
    const tags = locked.permits.tags.map((tag) => ({ ...tag, held: 0 }));
    return { ...locked, permits: { ...locked.permits, tags } };
  }),
  'does not give permits back': onWrite((rows) => ({
    ...rows,
    permits: rows.permits && { ...rows.permits, deleted: [] },
  })),
  'grants a claim twice': {
    input: (input) =>
      input.kind === 'event' && input.event.type === 'attempt-claimed'
        ? { ...input, settle: (verdict: Verdict) => input.settle(verdict === 'held' ? 'accepted' : verdict) }
        : input,
  },
  'grants a claim while a silent runner may run': {
    input: (input) =>
      input.kind === 'event' && input.event.type === 'attempt-claimed'
        ? { ...input, event: { ...input.event, beforeStart: false } }
        : input,
  },
  'relays tasks that start without a claim': {
    stores: (stores, { publisher }) => ({
      ...stores,
      outbox: {
        ...stores.outbox,
        relayLapsed: () => stores.outbox.relayLapsed((messages) => publisher.publish(messages)),
      },
    }),
  },
  'never gets room back in a pool': {
    deps: (deps, { cluster }) => {
      const room = new PoolRoom({ highWater: () => cluster.highWater, withLabels: () => undefined }, () => 0);
      room.give = () => undefined;
      return { ...deps, room };
    },
  },
  'does not look after dispatches': { deps: (deps) => ({ ...deps, suspect: () => undefined }) },
  'does not notice that executors are gone': {
    stores: (stores) => ({ ...stores, executors: { ...stores.executors, lost: () => Promise.resolve([]) } }),
  },
};

function onStore(tamper: (store: RunStore, deps: CommitDeps) => RunStore): Tamper {
  return { deps: (deps) => ({ ...deps, store: tamper(deps.store, deps) }) };
}

/** Breaks what is written. */
function onWrite(tamper: (rows: BatchRows) => BatchRows): Tamper {
  return onStore((store) => ({
    ...store,
    commitDirect: (rows, assumed) => store.commitDirect(tamper(rows), assumed),
    begin: async (request) => {
      const transaction = await store.begin(request);
      return { ...transaction, commit: (rows) => transaction.commit(tamper(rows)) };
    },
  }));
}

/** Breaks what was found under the locks. */
function onLocked(tamper: (locked: Locked, runs: readonly bigint[]) => Locked): Tamper {
  return onStore((store) => ({
    ...store,
    begin: async (request): Promise<OpenTransaction> => {
      const transaction = await store.begin(request);
      const runs = request.runs.map(({ runKey }) => runKey);
      return { ...transaction, locked: tamper(transaction.locked, runs) };
    },
  }));
}

function isReport(input: { readonly kind: string }): input is EventInput {
  return input.kind === 'event' && (input as EventInput).event.type.startsWith('attempt-');
}

function answeredAtOnce(input: EventInput): EventInput {
  input.settle('accepted');
  return { ...input, settle: () => undefined, fail: () => undefined };
}
