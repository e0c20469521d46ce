import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import { postgresWaitReader } from '../adapters/postgres/wait-reader.js';
import type { RunWatchers } from '../commit/run-watchers.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { ReadDeps } from '../rpc/read-deps.js';
import type { ExplainDeps } from '../usecases/explain-run.js';
import type { Base } from './base.js';

interface ReadSideInput {
  readonly definitions: DefinitionStore;
  readonly watchers: RunWatchers;
  now(): number;
}

/** readSide wires what the RPCs that read need. */
export function readSide({ pools }: Base, { definitions }: ReadSideInput): ReadDeps & Pick<ExplainDeps, 'waits'> {
  return { reader: postgresRunReader(pools.reads), waits: postgresWaitReader(pools.reads), definitions };
}
