import type { Attributes, Meter } from '@opentelemetry/api';
import type { ExecutionObserver } from '../../ports/execution-observer.js';
import type { Execution } from '../../usecases/execution.js';
import { freeSlots } from '../../usecases/free-slots.js';

const CLAIM_BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * executionObserver counts into plain numbers that are read at scrape time: a metrics call per step would be a good
 * part of what an instant step costs.
 */
export function executionObserver(meter: Meter): ExecutionObserver {
  const ended = new Map<string, { readonly labels: Attributes; count: number }>();
  meter
    .createObservableCounter('maestro_executor_attempts', { description: 'Attempts that ended here' })
    .addCallback((result) => {
      for (const { labels, count } of ended.values()) result.observe(count, labels);
    });
  const claims = meter.createHistogram('maestro_executor_claim_seconds', {
    unit: 's',
    description: 'From asking for a claim to its answer',
    advice: { explicitBucketBoundaries: CLAIM_BOUNDS },
  });
  return {
    attemptEnded: (type, outcome) => {
      const key = `${type}:${outcome}`;
      const known = ended.get(key);
      if (known === undefined) ended.set(key, { labels: { type, outcome }, count: 1 });
      else known.count += 1;
    },
    claimAnswered: (latencyMs) => claims.record(latencyMs / 1_000),
  };
}

/** observeExecution adds how busy this executor is. */
export function observeExecution(meter: Meter, execution: Execution): void {
  const gauge = (name: string, description: string, read: () => number): void => {
    meter.createObservableGauge(name, { description }).addCallback((result) => result.observe(read()));
  };
  gauge('maestro_executor_slots', 'Attempts that may run at once', () => execution.slots);
  gauge('maestro_executor_slots_free', 'Attempts that may begin now', () => freeSlots(execution, true));
  gauge('maestro_executor_running', 'Slots that are taken', () => execution.attempts.occupied);
  gauge(
    'maestro_executor_reports_unanswered',
    'Reports kept until the scheduler has committed them',
    () => execution.reports.unanswered,
  );
}
