import type { Attributes, Meter } from '@opentelemetry/api';
import type { ExecutionObserver } from '../../ports/execution-observer.js';
import type { Gauge } from '../../ports/gauge.js';

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

/** observeGauges shows numbers that are read at scrape time. */
export function observeGauges(meter: Meter, gauges: readonly Gauge[]): void {
  for (const { name, description, read } of gauges) {
    meter.createObservableGauge(name, { description }).addCallback((result) => {
      result.observe(read());
    });
  }
}
