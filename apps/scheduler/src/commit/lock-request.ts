import type { WorkflowKey } from '@maestro/domain';
import type { RunHeader } from '@maestro/engine';
import type { LockRequest, RequestKey } from '../ports/run-store.js';
import type { QueueRow } from '../rows/queue-row.js';
import { endsNow, type Batch } from './batch.js';
import type { QueueSeed, StartInput } from './input.js';

/** lockRequestOf is what a batch has to lock and read before admission can be decided. */
export function lockRequestOf(batch: Batch): LockRequest {
  const seeds = new Map<WorkflowKey, QueueSeed>();
  const heads = new Map<WorkflowKey, number>();
  for (const { input } of batch.starts) {
    seeds.set(input.seed.workflowKey, input.seed);
    heads.set(input.seed.workflowKey, 1);
  }
  for (const { workflowKey, act } of batch.queueActs) {
    if ((act.type === 'admit' || act.type === 'pause') && act.seed !== undefined) seeds.set(workflowKey, act.seed);
    heads.set(workflowKey, ADMIT_AT_ONCE);
  }
  for (const work of batch.runs) {
    const { workflowKey } = work.record.state.header;
    // One more than the places that become free: a waiting run that is itself stopped in this batch is not admitted.
    if (endsNow(work)) heads.set(workflowKey, (heads.get(workflowKey) ?? 1) + 1);
  }
  return {
    seeds: [...seeds.values()].map(seedRow),
    workflowKeys: [...heads.keys()],
    requests: batch.starts.map(({ input }) => requestKeyOf(input)),
    heads: [...heads].map(([workflowKey, count]) => ({ workflowKey, count })),
    runs: batch.runs.map(({ runKey, record }) => ({ runKey, ver: record.ver })),
  };
}

/** requestKeyOf is by what the repetition of a start is known. */
export function requestKeyOf({ seed, request, restart }: StartInput): RequestKey {
  const key = { workflowKey: seed.workflowKey, requestId: request.requestId };
  return restart === undefined ? key : { ...key, place: placeAfter(restart.previous.header) };
}

/** placeAfter is the place of the run that follows another one of the same instance. */
export function placeAfter({ instanceId, runId }: Pick<RunHeader, 'instanceId' | 'runId'>): {
  readonly instanceId: bigint;
  readonly runId: bigint;
} {
  return { instanceId, runId: runId + 1n };
}

/** ADMIT_AT_ONCE bounds how many waiting runs one act admits; the sweep comes back for the rest. */
export const ADMIT_AT_ONCE = 100;

function seedRow(seed: QueueSeed): QueueRow {
  return { ...seed, nextInstance: 1n, running: 0, queued: 0, blockingFailed: 0, paused: false, closed: false };
}
