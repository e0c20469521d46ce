import { ValueType, type Meter } from '@opentelemetry/api';

/** Labels name what was asked for (method, workflow kind); never an unbounded id. */
export type Labels = Readonly<Record<string, string>>;

/** RequestMetrics are the four golden signals of one kind of work: traffic, latency, errors and saturation. */
export interface RequestMetrics {
  /** begin counts a request in; call what it returns once, when it ended, with the error's code if it failed. */
  begin(labels?: Labels): (errorCode?: string) => void;
}

/** Seconds; from a tenth of a millisecond (an in-memory answer) to a long poll. */
const LATENCY_BOUNDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];

/**
 * requestMetrics makes `<name>_duration_seconds` (its count is the traffic), `<name>_errors` by code and
 * `<name>_in_flight`.
 */
export function requestMetrics(meter: Meter, name: string): RequestMetrics {
  const duration = meter.createHistogram(`${name}_duration_seconds`, {
    unit: 's',
    description: `How long ${name} took`,
    advice: { explicitBucketBoundaries: LATENCY_BOUNDS },
  });
  const errors = meter.createCounter(`${name}_errors`, { description: `Failed ${name}, by code` });
  const inFlight = meter.createUpDownCounter(`${name}_in_flight`, {
    description: `${name} being worked on`,
    valueType: ValueType.INT,
  });
  return {
    begin: (labels = {}) => {
      const startedAt = performance.now();
      inFlight.add(1, labels);
      return (errorCode) => {
        inFlight.add(-1, labels);
        duration.record((performance.now() - startedAt) / 1000, labels);
        if (errorCode !== undefined) errors.add(1, { ...labels, code: errorCode });
      };
    },
  };
}
