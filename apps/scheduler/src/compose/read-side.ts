import { postgresRunReader } from '../adapters/postgres/run-reader.js';
import type { RunWatchers } from '../commit/run-watchers.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { ReadDeps } from '../rpc/read-deps.js';
import type { Base } from './base.js';

interface ReadSideInput {
  readonly definitions: DefinitionStore;
  readonly watchers: RunWatchers;
  now(): number;
}

/** readSide wires what the RPCs that read need. */
export function readSide({ pools }: Base, { definitions }: ReadSideInput): ReadDeps {
  return { reader: postgresRunReader(pools.reads), definitions };
}
