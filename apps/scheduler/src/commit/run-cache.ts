import type { RunKey } from '@maestro/domain';
import { LRUCache } from 'lru-cache';
import type { RunRecord } from './run-record.js';

/** A step of a cached run weighs about this much; params and artifacts are counted by their text. */
const BYTES_PER_STEP = 600;
const BYTES_PER_RUN = 2_000;

/** RunCache keeps the runs that were worked on last, up to a bound in bytes. A run that waits is dropped first. */
export class RunCache {
  private readonly runs: LRUCache<RunKey, RunRecord>;

  constructor(maxBytes: number) {
    this.runs = new LRUCache({ maxSize: maxBytes, maxEntrySize: maxBytes, sizeCalculation: weigh });
  }

  get(runKey: RunKey): RunRecord | undefined {
    return this.runs.get(runKey);
  }

  /** put stores the record, and weighs it again after a change. */
  put(runKey: RunKey, record: RunRecord): void {
    this.runs.set(runKey, record);
  }

  drop(runKey: RunKey): void {
    this.runs.delete(runKey);
  }

  get size(): number {
    return this.runs.size;
  }

  get bytes(): number {
    return this.runs.calculatedSize;
  }
}

function weigh(record: RunRecord): number {
  return BYTES_PER_RUN + record.state.steps.size * BYTES_PER_STEP;
}
