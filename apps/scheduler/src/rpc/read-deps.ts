import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunReader } from '../ports/run-reader.js';

/** ReadDeps is what the RPCs that read work with. */
export interface ReadDeps {
  readonly reader: RunReader;
  readonly definitions: DefinitionStore;
}
