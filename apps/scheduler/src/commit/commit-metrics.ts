import type { Meter } from '@opentelemetry/api';
import type { CommitMetrics } from './commit-deps.js';
import type { RunCache } from './run-cache.js';

/** commitMetrics counts what the commit loop does. */
export function commitMetrics(meter: Meter): CommitMetrics {
  const inputs = meter.createHistogram('maestro_commit_batch_inputs', { description: 'Inputs in a committed batch' });
  const steps = meter.createCounter('maestro_step_changes', { description: 'Attempts written' });
  const commit = meter.createHistogram('maestro_commit_duration_ms', {
    description: 'Time of a transaction',
    unit: 'ms',
  });
  const decide = meter.createHistogram('maestro_decide_duration_ms', {
    description: 'Time to decide a batch',
    unit: 'ms',
  });
  const conflicts = meter.createCounter('maestro_commit_conflicts', {
    description: 'Batches with a run that had moved on',
  });
  const parked = meter.createCounter('maestro_runs_parked', { description: 'Runs parked by an error' });
  return {
    batch: (inputCount, stepCount) => {
      inputs.record(inputCount);
      steps.add(stepCount);
    },
    commitMs: (elapsed) => commit.record(elapsed),
    decideMs: (elapsed) => decide.record(elapsed),
    conflict: () => conflicts.add(1),
    parked: () => parked.add(1),
  };
}

/** Observed is what the gauges look at when they are read. */
export interface Observed {
  readonly cache: Pick<RunCache, 'bytes' | 'size'>;
  waiting(): number;
  shards(): number;
}

/** observeCore registers the gauges of the commit loop. */
export function observeCore(meter: Meter, observed: Observed): void {
  const gauge = (name: string, description: string, read: () => number): void => {
    meter.createObservableGauge(name, { description }).addCallback((result) => result.observe(read()));
  };
  gauge('maestro_cache_bytes', 'Estimated size of the cached runs', () => observed.cache.bytes);
  gauge('maestro_cache_runs', 'Runs in the cache', () => observed.cache.size);
  gauge('maestro_commit_waiting', 'Inputs that wait for the next batch', () => observed.waiting());
  gauge('maestro_shards_held', 'Shards that this replica decides for', () => observed.shards());
}
