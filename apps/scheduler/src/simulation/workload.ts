import { isTerminalInstance, type StartRequest } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';
import { startRequestToProto } from '@maestro/wire';
import type { QueueAct } from '../commit/input.js';
import type { RunRow } from '../adapters/postgres/run.js';
import { actOnStep } from '../usecases/act-on-step.js';
import { submitAct } from '../usecases/act-on-queue.js';
import { endInstance } from '../usecases/end-instance.js';
import { encodeStart } from '../commit/encode/encode-start.js';
import { pauseInstance } from '../usecases/pause-instance.js';
import { restartInstance } from '../usecases/restart-instance.js';
import { submitStart } from '../usecases/start-workflow.js';
import { unparkRun } from '../usecases/unpark-run.js';
import { LIMITED, type Entry } from './catalog.js';
import { Client } from './client.js';
import type { Cluster } from './cluster.js';
import { unpark } from './memory/side-stores.js';
import type { Random } from './random.js';
import type { SimulatedReplica } from './replica.js';

const BY = 'ann';
const REASON = 'simulated';
const CARE_MS = 2_000;

type Act = (replica: SimulatedReplica) => Promise<unknown>;

/** Workload is what people and programs ask of the cluster: starts, and acts on what is there. */
export class Workload {
  private readonly client: Client;
  private open = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly random: Random,
  ) {
    this.client = new Client(cluster);
  }

  /** Everything that was asked for has been answered. */
  get done(): boolean {
    return this.open === 0;
  }

  /** begin asks for all of a seed, spread over a time. */
  begin(spanMs: number): void {
    const { world, catalog } = this.cluster;
    for (const name of LIMITED) this.ask(0, () => this.client.insist(`limit ${name}`, this.limit(name)));
    for (const entry of catalog.roots) {
      const starts = 1 + this.random.below(3);
      for (let index = 0; index < starts; index += 1) {
        const requestId = `start-${entry.seed.workflowId}-${index}`;
        this.ask(this.random.between(0, spanMs / 2), () =>
          this.client.insist(requestId, (replica) => start(replica, entry, requestId)),
        );
      }
    }
    const acts = this.random.pick([0, 0, 2, 6]);
    for (let index = 0; index < acts; index += 1) {
      world.after(this.random.between(0, spanMs), 'somebody acts', undefined, () => this.act(index));
    }
  }

  /** care lets go on what waits for a person, again and again: what then does not end is stuck. */
  care(): void {
    const { world, tables } = this.cluster;
    const look = (): void => {
      for (const run of tables.runs.values()) this.careFor(run);
      for (const queue of tables.queues.values()) {
        const { paused, blockingFailed, workflowKey, queued } = queue;
        if (paused)
          void this.client.call('resume workflow', onQueue(workflowKey, { type: 'pause', paused: false, seed: queue }));
        if (blockingFailed > 0 && queued > 0) {
          void this.client.call('unblock', onQueue(workflowKey, { type: 'unblock' }));
          void this.client.call('admit', onQueue(workflowKey, { type: 'admit' }));
        }
      }
      world.after(CARE_MS, 'somebody looks after it', undefined, look);
    };
    look();
  }

  private careFor(run: RunRow): void {
    if (run.end_time !== null) return;
    const { run_key: runKey } = run;
    if (run.status === 'PAUSED') {
      const event = { type: 'resume-requested', by: BY, reason: REASON } as const;
      const act: Act = ({ submit, now }) =>
        new Promise((settle, fail) => submit({ kind: 'event', runKey, event: { ...event, at: now() }, settle, fail }));
      void this.client.call('resume', act);
    }
    if (run.parked_reason !== null) {
      const parked = { unpark: async (key: bigint) => this.unpark(key) };
      void this.client.call('unpark', ({ reader, submit, now }) => unparkRun({ reader, parked, submit, now }, runKey));
    }
  }

  private unpark(runKey: bigint): EngineEvent[] {
    const { runs, tables } = this.cluster;
    const answer = unpark(tables, runKey);
    runs.record({ call: 'unpark', args: [runKey], answer });
    return answer;
  }

  private act(index: number): void {
    const runs = [...this.cluster.tables.runs.values()];
    if (runs.length === 0) return;
    const act = this.random.pick([
      this.onRun,
      this.onRun,
      this.onStep,
      this.onStep,
      this.onWorkflow,
      this.restart,
      this.restart,
      this.changeLimit,
    ]);
    act.call(this, this.random.pick(runs), index);
  }

  private onRun(run: RunRow): void {
    const reference = referenceOf(run);
    const by = { by: BY, reason: REASON };
    const kind = this.random.pick(['stop', 'kill', 'pause', 'resume'] as const);
    const ends = kind === 'stop' || kind === 'kill';
    void this.client.call<unknown>(`${kind} ${reference.workflowId}`, ({ reader, submit, now }) =>
      ends
        ? endInstance({ reader, submit, now }, { run: reference, end: kind, ...by })
        : pauseInstance({ reader, submit, now }, { run: reference, act: kind, ...by }),
    );
  }

  private onStep(run: RunRow): void {
    const steps = this.cluster.catalog.planOf(run.workflow_key).steps;
    const stepId = this.random.pick(steps).id;
    const action = this.random.pick(['STOP', 'KILL', 'SKIP', 'RESUME'] as const);
    const { catalog } = this.cluster;
    void this.client.call(`${action} ${stepId}`, ({ reader, submit, now }) =>
      actOnStep(
        { reader, definitions: catalog, submit, now, watchers: { watch: nothing }, changes: { watch: nothing } },
        {
          run: referenceOf(run),
          stepId,
          attempt: 0,
          action,
          by: BY,
          reason: REASON,
          waitMs: 0,
          signal: new AbortController().signal,
        },
      ),
    );
  }

  private onWorkflow(run: RunRow): void {
    const queue = this.cluster.tables.queues.get(run.workflow_key);
    if (queue === undefined) return;
    const end = this.random.pick(['stop', 'kill'] as const);
    const act = this.random.pick<QueueAct>([
      { type: 'end-all', end, by: BY, reason: REASON },
      { type: 'pause', paused: true, seed: queue },
      { type: 'unblock' },
      { type: 'admit', seed: { ...queue, revision: queue.revision + 1n, concurrency: 1 + this.random.below(3) } },
    ]);
    void this.client.call(`${act.type} ${queue.workflowId}`, onQueue(queue.workflowKey, act));
  }

  private restart(run: RunRow, index: number): void {
    const policy = this.random.pick(['RESTART_FROM_BEGINNING', 'RESTART_FROM_INCOMPLETE'] as const);
    const requestId = `restart-${index}`;
    const { catalog } = this.cluster;
    void this.client.call(`${policy} ${run.workflow_id}`, ({ reader, submit, now }) =>
      restartInstance(
        { reader, definitions: catalog, submit, now },
        {
          run: { ...referenceOf(run), runId: 0n },
          policy,
          downstreamPolicy: policy,
          params: {},
          stepParams: {},
          skipSteps: [],
          requestId,
          requestHash: Buffer.from(requestId),
          by: BY,
          traceparent: undefined,
          version: undefined,
        },
      ),
    );
  }

  private changeLimit(): void {
    const name = this.random.pick(LIMITED);
    void this.client.call(`limit ${name}`, this.limit(name));
  }

  private limit(name: string): Act {
    const limit = 1 + this.random.below(2);
    return ({ stores, now }) => stores.permits.setLimit({ tenant: 'default', name, limit }, now());
  }

  private ask(afterMs: number, work: () => Promise<unknown>): void {
    this.open += 1;
    this.cluster.world.after(afterMs, 'somebody asks', undefined, () => void work().finally(() => (this.open -= 1)));
  }
}

function start(
  { submit, cluster: { catalog } }: SimulatedReplica,
  { seed }: Entry,
  requestId: string,
): Promise<unknown> {
  const target = { workflowId: seed.workflowId, version: 'active' };
  const request: StartRequest = { initiator: { type: 'MANUAL', user: { name: BY } }, requestId };
  const encoded = encodeStart(startRequestToProto(target, request));
  return submitStart({ definitions: catalog, submit }, target, { request, ...encoded, traceparent: undefined });
}

function onQueue(workflowKey: bigint, act: QueueAct): Act {
  return ({ submit }) => submitAct({ submit }, { workflowKey }, act);
}

function referenceOf(run: RunRow): {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
} {
  return { workflowId: run.workflow_id, instanceId: run.instance_id, runId: run.run_id };
}

const nothing = (): (() => void) => () => undefined;

/** isOver says whether a run has ended. */
export function isOver(run: RunRow): boolean {
  return isTerminalInstance(run.status);
}
