import type { Json } from '@maestro/domain';
import type { StatementResult } from '../sql-engine.js';

/** OpenDatabase is the first thing that a worker is told. */
export interface OpenDatabase {
  readonly kind: 'open';
  /** A file, or `:memory:`. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly memory: string;
  readonly threads: number;
  readonly folders: readonly string[];
  readonly externalAccess: boolean;
  /** Where what does not fit into memory goes. */
  readonly spillDir: string;
  readonly attemptId: string;
  readonly maxRows: number;
}

/** ToWorker is what the executor tells a worker process; each but `interrupt` is answered once, in order. */
export type ToWorker =
  | OpenDatabase
  | { readonly kind: 'run'; readonly text: string; readonly values: readonly Json[] }
  | { readonly kind: 'interrupt' };

/** FromWorker is what a worker process answers. */
export type FromWorker =
  | { readonly kind: 'opened' }
  | { readonly kind: 'ended'; readonly result: StatementResult }
  | { readonly kind: 'failed'; readonly message: string };
