import type { OpenTransaction, RunStore } from '../ports/run-store.js';
import type { DatabaseLink } from './database-link.js';
import { iterationsOf, runBefore } from './memory/iterations.js';
import type { MemoryRuns, MemoryTransaction } from './memory/run-store.js';

/** SimulatedStore is the RunStore of one replica: the rows in memory, at the other end of a link. */
export class SimulatedStore {
  private readonly open = new Set<MemoryTransaction>();
  readonly port: RunStore;

  constructor(runs: MemoryRuns, link: DatabaseLink) {
    this.port = {
      load: (runKeys) => link.look('load', () => runs.load(runKeys)),
      commitDirect: (rows, assumed) => link.ask('commit', () => runs.commitDirect(rows, assumed)),
      begin: async (request) => this.opened(await link.ask('begin', () => runs.begin(request), rollback), link),
      runBefore: (identity) => link.look('run-before', () => runBefore(runs.tables, identity)),
      iterations: async (workflowId, ask, kind) =>
        link.look('iterations', () => iterationsOf(runs.tables, workflowId, ask, kind)),
      wasCommitted: (batchId, writer) => link.ask('was-committed', () => runs.wasCommitted(batchId, writer)),
      park: (runKey, reason, events) => link.ask('park', () => runs.park(runKey, reason, events)),
    };
  }

  /** crashed: Postgres rolls back what the process had open. */
  crashed(): void {
    for (const transaction of this.open) transaction.rollback();
  }

  private opened(transaction: MemoryTransaction, link: DatabaseLink): OpenTransaction {
    this.open.add(transaction);
    const over = (): void => {
      transaction.rollback();
      this.open.delete(transaction);
    };
    return {
      locked: transaction.locked,
      commit: (rows) => link.ask('finish', () => transaction.commit(rows)).finally(over),
      rollback: async () => over(),
    };
  }
}

function rollback(transaction: MemoryTransaction): void {
  transaction.rollback();
}
