import { SQLSTATE } from '@maestro/postgres';
import { iterationsOf, runBefore } from './iterations.js';
import { Blocked } from './locks.js';
import { runStoreContract } from './run-store.contract.js';
import { MemoryRuns } from './run-store.js';
import { due, pendingActions } from './side-stores.js';
import { refused } from './statement-errors.js';
import { Tables } from './tables.js';

const LOOK_MS = 2;
const PATIENCE = 500;

/** As Postgres lets a statement wait for locks. */
async function patiently<T>(work: () => T): Promise<T> {
  for (let look = 0; look < PATIENCE; look += 1) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
  throw refused('locks', SQLSTATE.lockNotAvailable);
}

runStoreContract('rows in memory', async () => {
  const runs = new MemoryRuns(new Tables());
  return {
    store: {
      load: async (keys) => runs.load(keys),
      commitDirect: (rows, assumed) => patiently(() => runs.commitDirect(rows, assumed)),
      begin: async (request) => {
        const { locked, commit, rollback } = await patiently(() => runs.begin(request));
        return { locked, commit: (rows) => patiently(() => commit(rows)), rollback: async () => rollback() };
      },
      runBefore: async (identity) => runBefore(runs.tables, identity),
      iterations: async (id, ask, kind) => iterationsOf(runs.tables, id, ask, kind),
      wasCommitted: async (id, writer) => runs.wasCommitted(id, writer),
      park: async (key, reason, events) => runs.park(key, reason, events),
    },
    wakeups: {
      due: async (shards, until, limit) => due(runs.tables, shards, until, limit),
      pendingActions: async (runKeys) => pendingActions(runs.tables, runKeys),
    },
    close: () => Promise.resolve(),
  };
});
