import { join } from 'node:path';
import { makeRunKey, type Millis, type RunKey, type StartRequest, type Step, type Workflow } from '@maestro/domain';
import { compilePlan, type Breakpoint, type EngineEvent, type Plan, type Verdict } from '@maestro/engine';
import { EvaluationPool, type Evaluator } from '@maestro/evaluation';
import { createPool } from '@maestro/postgres';
import { createCompiler } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { silentLogger } from '@maestro/telemetry';
import { evaluationWorker, testDatabase } from '@maestro/testing';
import type { Pool } from 'pg';
import { originOf } from './stored-runs.js';
import { ensurePartitions } from '../adapters/postgres/partitions.js';
import { postgresRunStore } from '../adapters/postgres/run-store.js';
import { processTiming } from '../adapters/process/timing.js';
import { postgresRunsBelow } from '../adapters/postgres/runs-below.js';
import { CommitLoop } from '../commit/commit-loop.js';
import type { Input, QueueSeed, StartOutcome } from '../commit/input.js';
import type { Outgoing } from '../commit/encode/outgoing.js';
import { LimitedTags } from '../permits/limited-tags.js';
import { PoolRoom } from '../commit/pool-room.js';
import { RememberedQueues } from '../commit/remembered-queues.js';
import { RunCache } from '../commit/run-cache.js';
import { RunWatchers } from '../commit/run-watchers.js';

const SCHEMA = { schema: 'scheduler', dir: join(__dirname, '../../migrations') };

/** TestReplica is one commit loop with what it has sent and what it has asked to be woken for. */
export interface TestReplica {
  readonly loop: CommitLoop;
  readonly sent: Outgoing[];
  readonly limited: LimitedTags;
  readonly woken: { readonly runKey: RunKey; readonly at: Millis }[];
  /** Publishing fails while this is set. */
  broken: boolean;
  /** Of all workflows. */
  breakpoints: readonly Breakpoint[];
  start(
    workflow: Workflow,
    requestId: string,
    over?: Partial<QueueSeed> & { readonly at?: Millis },
  ): Promise<StartOutcome>;
  event(runKey: RunKey, event: EngineEvent): Promise<Verdict>;
}

/** CommitFixture is a scheduler database with any number of replicas, without a network. */
export interface CommitFixture {
  readonly pool: Pool;
  /** By default a replica evaluates in worker threads. */
  replica(highWater?: number, evaluator?: Evaluator): TestReplica;
  stop(): Promise<void>;
}

/** commitFixture opens the database; each replica has its own cache, as processes would. */
export async function commitFixture(): Promise<CommitFixture> {
  const database = await testDatabase({ migrations: [SCHEMA] });
  const options = { url: database.url, schema: 'scheduler', applicationName: 'scheduler-test' };
  const pool = createPool({ ...options, max: 8, hotPath: true, settings: { lock_timeout: '2s' } });
  await ensurePartitions(pool, Date.now());
  const plans = new Map<string, Plan>();
  const evaluator = new EvaluationPool({ script: evaluationWorker() });
  return {
    pool,
    replica: (highWater = 1_000, own = evaluator) => replicaOn({ pool, evaluator: own, plans }, highWater),
    stop: async () => {
      await evaluator.close();
      await pool.end();
      await database.stop();
    },
  };
}

let serial = 0;

/** Shared is what all replicas of a test have in common. */
interface Shared {
  readonly pool: Pool;
  readonly evaluator: Evaluator;
  readonly plans: Map<string, Plan>;
}

function replicaOn({ pool, evaluator, plans }: Shared, highWater: number): TestReplica {
  const replica = {
    limited: new LimitedTags(),
    sent: [] as Outgoing[],
    woken: [] as TestReplica['woken'],
    broken: false,
    breakpoints: [] as readonly Breakpoint[],
  };
  const plan = (workflowKey: bigint, version: bigint): Plan => {
    const known = plans.get(`${String(workflowKey)}@${String(version)}`);
    if (known === undefined) throw new Error('the test has not started this workflow');
    return known;
  };
  const loop = new CommitLoop(
    {
      store: postgresRunStore(pool),
      below: postgresRunsBelow(pool),
      definitions: {
        resolve: () => Promise.reject(new Error('not used')),
        plan: (workflowKey, version) => Promise.resolve(plan(workflowKey, version)),
        cachedPlan: () => undefined,
      },
      cache: new RunCache(1_000_000),
      queues: new RememberedQueues(),
      limited: replica.limited,
      breakpoints: { of: () => replica.breakpoints },
      room: new PoolRoom({ highWater: () => highWater, withLabels: () => undefined }, () => Date.now()),
      publisher: {
        publish: (messages) => {
          if (replica.broken) return Promise.reject(new Error('the network is away'));
          replica.sent.push(...messages);
          return Promise.resolve();
        },
      },
      watchers: new RunWatchers(),
      evaluator,
      metrics: { batch: noop, commitMs: noop, decideMs: noop, conflict: noop, parked: noop },
      logger: silentLogger,
      timing: processTiming,
      now: () => Date.now(),
      newRunKey: (at) => makeRunKey({ retentionClass: 0, at, shard: 0, sequence: (serial += 1) % 8192 }),
      newBatchId: () => BigInt((serial += 1)),
      replicaId: `replica-${String((serial += 1))}`,
      feedBack: (input) => loop.submit(input),
      afterCommit: noop,
      changed: noop,
      suspect: noop,
      startChild: () => Promise.reject(new Error('not used')),
      signals: { ask: () => Promise.reject(new Error('not used')) },
      rescan: noop,
      wakeAt: (runKey, at) => replica.woken.push({ runKey, at }),
    },
    { maxWaiting: 10_000 },
  );
  return Object.assign(replica, {
    loop,
    start: (workflow: Workflow, requestId: string, over: Partial<QueueSeed> = {}) =>
      startOn(loop, plans, workflow, requestId, over),
    event: (runKey: RunKey, event: EngineEvent) =>
      new Promise<Verdict>((settle, fail) => loop.submit({ kind: 'event', runKey, event, settle, fail })),
  });
}

const noop = (): void => undefined;

function startOn(
  loop: CommitLoop,
  plans: Map<string, Plan>,
  workflow: Workflow,
  requestId: string,
  over: Partial<QueueSeed>,
): Promise<StartOutcome> {
  const seed: QueueSeed = {
    workflowKey: 1n,
    workflowId: workflow.id,
    tenant: 'default',
    rule: 'PARALLEL',
    concurrency: 100,
    revision: 1n,
    activeVersion: 1n,
    ...over,
  };
  const plan = compilePlan({
    workflowKey: seed.workflowKey,
    version: 1n,
    workflow,
    compiler: createCompiler({ cacheSize: 100 }),
    stepType,
  });
  plans.set(`${String(seed.workflowKey)}@1`, plan);
  const request: StartRequest = { initiator: { type: 'MANUAL', user: { name: 'ann' } }, requestId };
  return new Promise((settle, fail) => {
    const input: Input = {
      kind: 'start',
      seed,
      plan,
      request,
      origin: originOf(workflow.id, request),
      requestHash: Buffer.from(requestId),
      traceparent: undefined,
      settle,
      fail,
    };
    loop.submit(input);
  });
}

/** chain is a workflow of steps of one type, one after the other. */
export function chain(id: string, type: string, length: number): Workflow {
  const steps = Array.from({ length }, (_, index): Step => {
    const last = index === length - 1;
    const transition = last ? {} : { transition: { successors: { [`s${String(index + 1)}`]: 'true' } } };
    return { kind: 'step', id: `s${String(index)}`, type, ...transition };
  });
  return { id, steps };
}

/** done is the report that an attempt has ended well. */
export function done(message: Pick<Outgoing, 'ordinal' | 'attempt' | 'dispatch'>): EngineEvent {
  const { ordinal, attempt, dispatch } = message;
  return { type: 'attempt-ended', at: Date.now(), ordinal, attempt, dispatch, outcome: 'DONE', timeline: [] };
}
