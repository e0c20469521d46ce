import { join } from 'node:path';
import { toBinary } from '@bufbuild/protobuf';
import { MaestroError, makeRunKey, type Millis, type StartRequest, type Workflow } from '@maestro/domain';
import {
  applyChange,
  compilePlan,
  createRun,
  decide,
  emptyState,
  type EngineEvent,
  type Plan,
  type RunState,
} from '@maestro/engine';
import { createPool } from '@maestro/postgres';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { createCompiler, PRESETS } from '@maestro/sel';
import { stepType } from '@maestro/steps';
import { testDatabase } from '@maestro/testing';
import { startRequestToProto } from '@maestro/wire';
import type { Pool } from 'pg';
import { ensurePartitions } from '../adapters/postgres/partitions.js';
import { postgresRunStore } from '../adapters/postgres/run-store.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import { emptyBatchRows, type BatchRows } from '../rows/batch-rows.js';
import type { QueueRow } from '../rows/queue-row.js';

export const MIGRATIONS = { schema: 'scheduler', dir: join(__dirname, '../../migrations') };
export const NOW = Date.UTC(2026, 5, 1);

/** StoredRuns writes runs through the real rows and the real engine, on a database of its own. */
export interface StoredRuns {
  readonly pool: Pool;
  readonly definitions: DefinitionStore;
  /** Instance `instanceId` of a workflow, run 1 unless told; CREATED and waiting in the queue until it is launched. */
  start(workflow: Workflow, options: StartOptions): Promise<TestRun>;
  /** Overwrite what is set of a workflow's queue row. */
  queue(workflowKey: bigint, row: Partial<QueueRow>): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly workflowKey: bigint;
  readonly instanceId: bigint;
  readonly runId?: bigint;
  readonly at?: Millis;
  readonly tenant?: string;
}

/** TestRun is one stored run. */
export interface TestRun {
  readonly runKey: bigint;
  readonly plan: Plan;
  state: RunState;
  /** Decide on an event and store what changed; `room` stamps dispatches as published. */
  apply(event: EngineEvent, options?: { readonly room?: boolean }): Promise<void>;
}

export async function storedRuns(): Promise<StoredRuns> {
  const database = await testDatabase({ migrations: [MIGRATIONS] });
  const pool = createPool({ url: database.url, schema: 'scheduler', applicationName: 'scheduler-test', max: 4 });
  await ensurePartitions(pool, NOW);
  const store = postgresRunStore(pool);
  const plans = new Map<string, Plan>();
  const compiler = createCompiler({ cacheSize: 1_000 });
  let sequence = 0;

  const commit = async (rows: BatchRows, seeds: readonly QueueRow[]): Promise<void> => {
    const request = {
      seeds,
      workflowKeys: seeds.map(({ workflowKey }) => workflowKey),
      requests: [],
      heads: [],
      runs: [],
    };
    await (await store.begin(request)).commit(rows);
  };
  const write = async (
    run: TestRun,
    ver: number,
    admitted: boolean,
    event: EngineEvent,
    room: boolean,
  ): Promise<boolean> => {
    const decision = decide(run.plan, run.state, [event]);
    if (decision.change === undefined) return false;
    const { runKey, status } = run.state.header;
    const steps = decision.change.steps.map((step) =>
      room && step.dispatch > 0 && step.dispatchedAt === undefined ? { ...step, dispatchedAt: event.at } : step,
    );
    const change = { ...decision.change, steps };
    const rows = emptyBatchRows(event.at);
    const blocking = change.header.status === 'FAILED';
    rows.runUpdates.push({ header: change.header, ver, admitted, blocking, modifyTime: event.at, wakeAt: undefined });
    rows.steps.push(...steps.map((step) => ({ runKey, step, paramsChanged: true, artifactsChanged: true })));
    rows.timeline.push(...change.timeline.map((entry) => ({ runKey, entry })));
    if (status === 'CREATED') rows.entryDeletes.push({ ...run.state.header });
    await commit(rows, []);
    run.state = applyChange(run.state, change, run.plan);
    return true;
  };

  return {
    pool,
    definitions: definitionsOf(plans),
    start: async (workflow, { workflowKey, instanceId, runId = 1n, at = NOW, tenant = 'default' }) => {
      const plan = compilePlan({ workflowKey, version: 1n, workflow, compiler, stepType });
      plans.set(`${workflowKey}@1`, plan);
      sequence += 1;
      const runKey = makeRunKey({ retentionClass: 0, at, shard: 0, sequence });
      const requestId = `request-${sequence}`;
      const start = { initiator: { type: 'MANUAL' as const, user: { name: 'ada' } }, requestId };
      const created = createRun(plan, { runKey, instanceId, runId, tenant, at, start }, PRESETS.FULL);
      if (created.kind !== 'created') throw new Error(created.kind);
      const { header } = created;
      const rows = emptyBatchRows(at);
      const origin = originOf(workflow.id, start);
      rows.runInserts.push({
        header,
        origin,
        ver: 0,
        admitted: false,
        blocking: false,
        modifyTime: at,
        wakeAt: undefined,
      });
      rows.entryInserts.push({ workflowKey, instanceId, runId, runKey });
      rows.instanceRuns.push({
        workflowKey,
        instanceId,
        runId,
        runKey,
        version: 1n,
        requestId,
        requestHash: new Uint8Array(),
        startStatus: 'CREATED',
      });
      await commit(rows, [queueRow(workflowKey, workflow.id, tenant)]);
      let ver = 0;
      const run: TestRun = {
        runKey,
        plan,
        state: emptyState(header),
        apply: async (event, { room = true } = {}) => {
          if (await write(run, ver + 1, true, event, room)) ver += 1;
        },
      };
      return run;
    },
    queue: async (workflowKey, { rule, concurrency, running, queued, blockingFailed, paused, closed }) => {
      await pool.query(
        `update workflow_queue set rule = coalesce($2, rule), concurrency = coalesce($3, concurrency), running = coalesce($4, running),
           queued = coalesce($5, queued), blocking_failed = coalesce($6, blocking_failed), paused = coalesce($7, paused),
           closed = coalesce($8, closed) where workflow_key = $1`,
        [workflowKey, rule, concurrency, running, queued, blockingFailed, paused, closed],
      );
    },
    stop: async () => {
      await pool.end();
      await database.stop();
    },
  };
}

function queueRow(workflowKey: bigint, workflowId: string, tenant: string): QueueRow {
  return {
    workflowKey,
    workflowId,
    tenant,
    rule: 'SEQUENTIAL',
    concurrency: 1,
    revision: 1n,
    activeVersion: 1n,
    nextInstance: 1n,
    running: 0,
    queued: 0,
    blockingFailed: 0,
    paused: false,
    closed: false,
  };
}

function definitionsOf(plans: ReadonlyMap<string, Plan>): DefinitionStore {
  const cachedPlan = (workflowKey: bigint, version: bigint): Plan | undefined => plans.get(`${workflowKey}@${version}`);
  return {
    cachedPlan,
    plan: async (workflowKey, version) => {
      const plan = cachedPlan(workflowKey, version);
      if (plan === undefined) throw new MaestroError('VERSION_NOT_FOUND', 'no such version');
      return plan;
    },
    resolve: async (workflowId) => {
      throw new MaestroError('WORKFLOW_NOT_FOUND', `Workflow "${workflowId}" does not exist.`);
    },
  };
}

/** originOf is a start as the run row stores it. */
export function originOf(workflowId: string, start: StartRequest): Uint8Array {
  return toBinary(StartWorkflowRequestSchema, startRequestToProto({ workflowId, version: '1' }, start));
}
