import { chainLatency } from './chain-latency.js';
import { failover } from './failover.js';
import { fanOut } from './fan-out.js';
import { expressions } from './expressions.js';
import { idleTriggers } from './idle-triggers.js';
import { processStart } from './process-start.js';
import { announcementRate, signalLatency } from './signals.js';
import { startLatency } from './start-latency.js';
import { theDay } from './the-day.js';
import { throughput } from './throughput.js';
import { dueTogether, firingLateness } from './time-triggers.js';
import { waitingRuns } from './waiting-runs.js';
import type { Work } from './work.js';

/** WORKS are all rows of the benchmark, in the order in which they run. */
export const WORKS: readonly Work[] = [
  chainLatency('A1', 'Echo', 1.5, 'chain of 100 dispatched steps, one run in flight'),
  chainLatency('A2', 'NoOp', 0.1, 'chain of 100 NoOp steps, one run in flight'),
  throughput('B1', 'Echo', 8_000, '2,000 runs of 5 dispatched steps'),
  throughput('B2', 'NoOp', 40_000, '2,000 runs of 5 NoOp steps'),
  startLatency,
  fanOut({
    name: 'C1',
    type: 'NoOp',
    iterations: 10_000,
    targetSeconds: 1,
    samples: 5,
    title: 'foreach of 10,000 NoOp steps',
  }),
  fanOut({
    name: 'C2',
    type: 'Echo',
    iterations: 10_000,
    targetSeconds: 2.5,
    samples: 5,
    title: 'foreach of 10,000 dispatched steps',
  }),
  fanOut({
    name: 'C3',
    type: 'NoOp',
    iterations: 100_000,
    targetSeconds: 12,
    samples: 1,
    title: 'foreach of 100,000 NoOp steps',
    targetMegabytes: 200,
  }),
  processStart,
  expressions,
  waitingRuns,
  failover,
  signalLatency,
  announcementRate,
  idleTriggers,
  firingLateness,
  dueTogether,
  theDay,
];
