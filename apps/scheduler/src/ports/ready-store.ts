import type { AttemptRow } from '../rows/batch-rows.js';

/** ReadyStore knows the attempts that wait for room in their pool. */
export interface ReadyStore {
  /** Pools that attempts wait for. */
  pools(): Promise<readonly string[]>;
  /** The ones to release next. */
  oldest(pool: string, limit: number): Promise<readonly AttemptRow[]>;
}
