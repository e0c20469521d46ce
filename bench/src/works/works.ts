import { chainLatency } from './chain-latency.js';
import { expressions } from './expressions.js';
import { startLatency } from './start-latency.js';
import { throughput } from './throughput.js';
import { waitingRuns } from './waiting-runs.js';
import type { Work } from './work.js';

/** WORKS are all rows of the benchmark, in the order in which they run. */
export const WORKS: readonly Work[] = [
  chainLatency('A1', 'Echo', 1.5, 'chain of 100 dispatched steps, one run in flight'),
  chainLatency('A2', 'NoOp', 0.1, 'chain of 100 NoOp steps, one run in flight'),
  throughput('B1', 'Echo', 8_000, '2,000 runs of 5 dispatched steps'),
  throughput('B2', 'NoOp', 40_000, '2,000 runs of 5 NoOp steps'),
  startLatency,
  expressions,
  waitingRuns,
];
