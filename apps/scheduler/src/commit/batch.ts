import type { Millis, RunKey } from '@maestro/domain';
import type { QueueInput } from './input.js';
import type { RunWork, StartWork } from './work.js';

/** Batch is what one transaction commits. */
export interface Batch {
  readonly id: bigint;
  readonly at: Millis;
  readonly runs: readonly RunWork[];
  readonly starts: readonly StartWork[];
  readonly queueActs: readonly QueueInput[];
}

/** endsNow says whether a run's decision ends it, and with it its place in its workflow's queue; iterations have none. */
export function endsNow(work: RunWork): boolean {
  if (work.record.state.header.body !== undefined) return false;
  return work.decision.commands.some(({ type }) => type === 'finish-run');
}

/** needsQueue says whether a batch touches run-strategy queues; without, it commits in one round trip. */
export function needsQueue(batch: Batch): boolean {
  return batch.starts.length > 0 || batch.queueActs.length > 0 || batch.runs.some(endsNow);
}

/** runKeysOf are the runs that a batch keeps busy. */
export function runKeysOf(batch: Batch): RunKey[] {
  return [...batch.runs, ...batch.starts].map(({ runKey }) => runKey);
}
