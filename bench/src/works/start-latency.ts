import { setTimeout as delay } from 'node:timers/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { SCHEDULER_REPORTS, replicaReportsSubject } from '@maestro/messaging';
import { AttemptReportBatchSchema } from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { NatsConnection } from '@nats-io/transport-node';
import { expectCounts } from '../load/expect-counts.js';
import { startMessage } from '../load/start.js';
import { chainOf, push, type PushedWorkflow } from '../load/workflows.js';
import { percentile } from '../statistics.js';
import type { PreparedWork, Sample, Work, WorkContext } from './work.js';

const STARTS = 500;
const WARM_UP_STARTS = 200;
const PAUSE_MS = 2;

/** startLatency measures from just before a start call until the executor has run the first step, one start at a time. */
export const startLatency: Work = {
  name: 'D',
  figures: [
    { key: 'D.p50', unit: 'ms', target: 2.5, better: 'less', title: 'start call to first step running, p50' },
    { key: 'D.p99', unit: 'ms', target: 8, better: 'less', title: 'start call to first step running, p99' },
  ],
  samples: 3,
  timeLimitMs: 120_000,
  settings: {},
  prepare: prepareStarts,
};

async function prepareStarts(context: WorkContext): Promise<PreparedWork> {
  const { clients } = context;
  const workflow = await push(clients, chainOf('bench-d', 1, 'Echo'));
  const tap = new ReportTap(clients.nats);
  await clients.nats.flush();
  return {
    warmUp: async () => void (await someStarts(context, workflow, tap, WARM_UP_STARTS)),
    sample: async () => {
      const after = await clients.database.lastRunKey();
      const times = await someStarts(context, workflow, tap, STARTS);
      const sample: Sample = {
        values: { 'D.p50': percentile(times, 0.5), 'D.p99': percentile(times, 0.99) },
        steps: STARTS,
      };
      while (await clients.database.anyOpen([workflow.key]))
        await delay(PAUSE_MS, undefined, { signal: context.signal });
      await expectCounts(
        clients.database,
        { workflowKeys: [workflow.key], after },
        { runs: { SUCCEEDED: STARTS }, steps: { SUCCEEDED: STARTS } },
      );
      return sample;
    },
  };
}

async function someStarts(
  { clients, signal }: WorkContext,
  workflow: PushedWorkflow,
  tap: ReportTap,
  count: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const ran = tap.next(signal);
    const started = performance.now();
    const [, ranAt] = await Promise.all([clients.scheduler.startWorkflow(startMessage(workflow.id), { signal }), ran]);
    times.push(ranAt - started);
    await delay(PAUSE_MS, undefined, { signal });
  }
  return times;
}

/**
 * ReportTap hears when an executor reports a run for the first time, on the wire and with the clock of this process: the
 * step began before that by the time of one NATS hop, and no clocks of two processes are compared.
 */
class ReportTap {
  private readonly seen = new Set<bigint>();
  private heard: (at: number) => void = () => undefined;

  constructor(nats: NatsConnection) {
    const anyReplica = replicaReportsSubject('x').replace('.x.', '.*.');
    for (const subject of [SCHEDULER_REPORTS, anyReplica]) {
      nats.subscribe(subject, { callback: (_, message) => this.hear(message.data) });
    }
  }

  /** next resolves with the moment (performance.now) at which a report of a run not heard of before comes. */
  next(signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(new Error('no report of the step was heard in time'));
      signal.addEventListener('abort', stop, { once: true });
      this.heard = (at) => {
        signal.removeEventListener('abort', stop);
        resolve(at);
      };
    });
  }

  private hear(data: Uint8Array): void {
    const at = performance.now();
    for (const { dispatch } of fromBinary(AttemptReportBatchSchema, data).reports) {
      // A report that got no answer is sent again.
      if (dispatch === undefined || this.seen.has(dispatch.runKey)) continue;
      this.seen.add(dispatch.runKey);
      this.heard(at);
    }
  }
}
