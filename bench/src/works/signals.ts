import { setTimeout as delay } from 'node:timers/promises';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { SIGNAL_STEPS } from '@maestro/messaging';
import { StepSignalBatchSchema, StepSignalReplySchema } from '@maestro/proto/maestro/signal/v1/step_signals';
import { MatchOperator, SignalDependencyStatus } from '@maestro/proto/maestro/types/v1/signal';
import { inFlight } from '../load/in-flight.js';
import { startMany } from '../load/start.js';
import { push, type PushedWorkflow } from '../load/workflows.js';
import { percentile } from '../statistics.js';
import type { PreparedWork, Work, WorkContext } from './work.js';

const ANNOUNCEMENTS = 300;
const PAUSE_MS = 5;
const LOOK_MS = 20;

/** signalLatency measures from just before an announcement until the step that it frees, or the run that it starts, has ended. */
export const signalLatency: Work = {
  name: 'G',
  figures: [
    { key: 'G1.p50', unit: 'ms', target: 10, better: 'less', title: 'announcement to waiting step freed, p50' },
    { key: 'G1.p99', unit: 'ms', target: 50, better: 'less', title: 'announcement to waiting step freed, p99' },
    { key: 'G2.p99', unit: 'ms', target: 100, better: 'less', title: 'announcement to end of the run it starts, p99' },
  ],
  samples: 3,
  timeLimitMs: 180_000,
  settings: {},
  prepare: prepareLatency,
};

async function prepareLatency(context: WorkContext): Promise<PreparedWork> {
  const waiter = await push(context.clients, waiting('bench-g1'));
  const triggered = await push(context.clients, triggeredBy('bench-g2', 'bench/start'));
  let round = 0;
  const measure = async () => {
    round += 1;
    const freed = await freeSteps(context, waiter);
    const started = await fireTrigger(context, triggered, round);
    return {
      values: {
        'G1.p50': percentile(freed, 0.5),
        'G1.p99': percentile(freed, 0.99),
        'G2.p99': percentile(started, 0.99),
      },
      steps: 2 * ANNOUNCEMENTS,
    };
  };
  return { warmUp: async () => void (await measure()), sample: measure };
}

const OWN = "return params.getFromInstance('workflow_instance_id');";

/** Each instance waits for the announcement with its own number. */
function waiting(id: string): object {
  const match_params = { n: { param: { type: 'LONG', expression: OWN }, operator: '=' } };
  const step = { id: 'a', type: 'NoOp', signal_dependencies: [{ name: 'bench/free', match_params }] };
  return parallel({ id, steps: [{ step }] });
}

function triggeredBy(id: string, signal: string): object {
  return parallel({
    id,
    signal_triggers: [{ definitions: { [signal]: {} } }],
    steps: [{ step: { id: 'a', type: 'NoOp' } }],
  });
}

function parallel(workflow: object): object {
  return { properties: { owner: 'bench', run_strategy: { rule: 'PARALLEL', workflow_concurrency: 1_000 } }, workflow };
}

async function freeSteps({ clients, signal }: WorkContext, workflow: PushedWorkflow): Promise<number[]> {
  const before = await clients.database.endTimes(workflow.key);
  await startMany(clients, [workflow], ANNOUNCEMENTS, signal);
  // All waits are opened when their runs rest: nothing is announced before.
  await delay(500, undefined, { signal });
  const sent = await announceInTurn({ clients, signal }, 'bench/free', before.size);
  return latencies({ clients, signal }, workflow, before.size, sent);
}

async function fireTrigger(
  { clients, signal }: WorkContext,
  workflow: PushedWorkflow,
  round: number,
): Promise<number[]> {
  const before = await clients.database.endTimes(workflow.key);
  const sent = await announceInTurn({ clients, signal }, 'bench/start', round * 1_000_000);
  return latencies({ clients, signal }, workflow, before.size, sent);
}

type Around = Pick<WorkContext, 'clients' | 'signal'>;

/** The moments just before each announcement, in the order of the instances that they concern. */
async function announceInTurn({ clients, signal }: Around, name: string, first: number): Promise<number[]> {
  const sent: number[] = [];
  for (let index = 1; index <= ANNOUNCEMENTS; index += 1) {
    sent.push(Date.now());
    const params = { n: { value: { case: 'longValue' as const, value: BigInt(first + index) } } };
    await clients.signal.announce({ name, params }, { signal });
    await delay(PAUSE_MS, undefined, { signal });
  }
  return sent;
}

async function latencies(
  { clients, signal }: Around,
  workflow: PushedWorkflow,
  known: number,
  sent: readonly number[],
): Promise<number[]> {
  for (;;) {
    const ended = await clients.database.endTimes(workflow.key);
    if (ended.size >= known + sent.length)
      return sent.map((at, index) => (ended.get(known + index + 1) ?? Infinity) - at);
    await delay(LOOK_MS, undefined, { signal });
  }
}

const SUBSCRIPTIONS = 100_000;
const RATE_ANNOUNCEMENTS = 20_000;
const A_MESSAGE = 100;
const WAITS_A_REQUEST = 200;

/** announcementRate measures announcements a second while 100,000 attempts wait for the same signal with other values. */
export const announcementRate: Work = {
  name: 'H',
  figures: [
    {
      key: 'H',
      unit: 'announcements/s',
      target: 2_000,
      better: 'more',
      title: 'announcements against 100,000 subscriptions; one in 100 frees one',
    },
  ],
  samples: 3,
  timeLimitMs: 240_000,
  settings: {},
  prepare: prepareRate,
};

async function prepareRate(context: WorkContext): Promise<PreparedWork> {
  await subscribe(context);
  let next = SUBSCRIPTIONS;
  const announceMany = async (count: number): Promise<number> => {
    const started = performance.now();
    const messages = Array.from({ length: count / A_MESSAGE }, (_, message) => message);
    await inFlight(messages, async (message) => {
      const announcements = Array.from({ length: A_MESSAGE }, (_, index) => {
        // The first of each message frees one that waits; the others are nobody's.
        const n = index === 0 ? BigInt(message) : BigInt(next + message * A_MESSAGE + index);
        return {
          requestId: `h-${next}-${message}-${index}`,
          name: 'bench/rate',
          params: { n: { value: { case: 'longValue' as const, value: n } } },
        };
      });
      await context.clients.signal.announceMany({ announcements }, { signal: context.signal });
    });
    next += count;
    return count / ((performance.now() - started) / 1_000);
  };
  return {
    warmUp: async () => void (await announceMany(2_000)),
    sample: async () => ({ values: { H: await announceMany(RATE_ANNOUNCEMENTS) }, steps: RATE_ANNOUNCEMENTS }),
  };
}

/** Opened as the scheduler does, for attempts of runs that there are not: who is told of a match says that nobody waits. */
async function subscribe({ clients, signal }: WorkContext): Promise<void> {
  const batches = Array.from({ length: SUBSCRIPTIONS / WAITS_A_REQUEST }, (_, batch) => batch);
  await inFlight(batches, async (batch) => {
    const requests = Array.from({ length: WAITS_A_REQUEST }, (_, index) =>
      waitRequest(batch * WAITS_A_REQUEST + index),
    );
    const data = toBinary(StepSignalBatchSchema, create(StepSignalBatchSchema, { requests }));
    const reply = await clients.nats.request(SIGNAL_STEPS, data, { timeout: 30_000 });
    if (fromBinary(StepSignalReplySchema, reply.data).results.length !== WAITS_A_REQUEST)
      throw new Error('waits were not opened');
    signal.throwIfAborted();
  });
}

function waitRequest(n: number) {
  const matchParams = {
    n: { value: { value: { case: 'longValue' as const, value: BigInt(n) } }, operator: MatchOperator.EQUAL },
  };
  return {
    key: { runKey: BigInt(n) + 1n, ordinal: 0, attempt: 1 },
    step: {
      workflowId: 'bench-h',
      workflowInstanceId: BigInt(n),
      workflowRunId: 1n,
      stepId: 'a',
      stepAttemptId: 1n,
      stepInstanceId: 1n,
    },
    tenant: 'default',
    act: {
      case: 'open' as const,
      value: {
        dependencies: [{ name: 'bench/rate', matchParams, status: SignalDependencyStatus.PENDING }],
        replicaId: 'bench',
      },
    },
  };
}
