import { isRetryableStep, isTerminalInstance, isTerminalStep, type RunKey, type StepStatus } from '@maestro/domain';
import type { RunHeader, StepState } from '@maestro/engine';
import { admissible } from '@maestro/run-strategy';
import type { Outgoing } from '../commit/encode/outgoing.js';
import type { BatchRows } from '../rows/batch-rows.js';
import type { QueueRow } from '../rows/queue-row.js';
import { loadRuns } from './memory/read-runs.js';
import { keyOf, type Tables } from './memory/tables.js';
import { Violation } from './violation.js';

const isUnderWay = (status: StepStatus): boolean => !isTerminalStep(status) || isRetryableStep(status);

/** Invariants checks what must never be (architecture section 12) after each commit, on what the commit touched. */
export class Invariants {
  private readonly versions = new Map<RunKey, number>();
  /** The latest attempts of each run's steps. */
  private readonly steps = new Map<RunKey, Map<number, StepState>>();
  private readonly ended = new Map<string, StepState>();
  /** Permits held of each tag, as last checked. */
  private readonly held = new Map<string, number>();
  commits = 0;

  constructor(private readonly tables: Tables) {}

  /** committed checks what a commit has left. */
  committed(rows: BatchRows): void {
    this.commits += 1;
    for (const { header } of rows.runInserts) this.begun(header);
    for (const { runKey, step } of rows.steps) this.stepWritten(runKey, step);
    for (const { header } of [...rows.runInserts, ...rows.runUpdates]) this.checkRun(header);
    const workflows = new Set([...rows.queues, ...rows.endAll, ...rows.unblocks].map(({ workflowKey }) => workflowKey));
    for (const workflowKey of workflows) this.checkQueue(this.tables.queues.get(workflowKey), rows.unblocks.length > 0);
    if (rows.permits !== undefined) this.checkPermits();
  }

  /** published checks that a message which the broker has stored stands for a row that is committed. */
  published({ runKey, ordinal, attempt, dispatch, messageId }: Outgoing): void {
    const row = this.tables.steps.get(runKey)?.get(keyOf(ordinal, attempt));
    if (row === undefined || row.dispatch < dispatch)
      throw new Violation('no message without an open row', `${messageId} is sent, and no row says so`);
  }

  /** started checks that what begins to run has a row that waits for it. */
  started(runKey: RunKey, ordinal: number, attempt: number, dispatch: number): void {
    const row = this.tables.steps.get(runKey)?.get(keyOf(ordinal, attempt));
    const place = keyOf(runKey, ordinal, attempt, dispatch);
    if (row === undefined || row.dispatch < dispatch) throw new Violation('no execution without an open row', place);
    if (isTerminalStep(row.status) && row.dispatch === dispatch)
      throw new Violation('a finished step never starts again', `${place} begins and has ended ${row.status}`);
  }

  private begun(header: RunHeader): void {
    if (header.restart === undefined) return;
    const [stored] = loadRuns(this.tables, [header.runKey]);
    this.steps.set(header.runKey, new Map(stored?.steps.map((step) => [step.ordinal, step])));
  }

  private stepWritten(runKey: RunKey, step: StepState): void {
    const key = keyOf(runKey, step.ordinal, step.attempt);
    const ended = this.ended.get(key);
    if (ended !== undefined && ended.status !== step.status)
      throw new Violation('what has ended never changes', `${key} was ${ended.status} and becomes ${step.status}`);
    if (isTerminalStep(step.status)) this.ended.set(key, step);
    const steps = this.stepsOf(runKey);
    const known = steps.get(step.ordinal);
    if (known === undefined || known.attempt <= step.attempt || known.inherited !== undefined)
      this.latest(steps, known, step, key);
  }

  private latest(steps: Map<number, StepState>, known: StepState | undefined, step: StepState, key: string): void {
    if (known?.attempt === step.attempt && known.inherited === undefined && step.dispatch < known.dispatch)
      throw new Violation('versions only grow', `${key} falls back to dispatch ${step.dispatch}`);
    if (
      known !== undefined &&
      known.inherited === undefined &&
      known.attempt < step.attempt &&
      !isTerminalStep(known.status)
    )
      throw new Violation(
        'every dispatched attempt ends',
        `${key} begins while attempt ${known.attempt} is ${known.status}`,
      );
    steps.set(step.ordinal, step);
  }

  stepsOf(runKey: RunKey): Map<number, StepState> {
    let steps = this.steps.get(runKey);
    if (steps === undefined) this.steps.set(runKey, (steps = new Map<number, StepState>()));
    return steps;
  }

  private checkRun({ runKey, status, counts, open, backlog, restart }: RunHeader): void {
    const { ver } = this.tables.runs.get(runKey) ?? { ver: 0 };
    const before = this.versions.get(runKey) ?? 0;
    if (ver <= before) throw new Violation('versions only grow', `run ${runKey} goes from ${before} to ${ver}`);
    this.versions.set(runKey, ver);
    if (restart?.pending === true) return;
    const steps = [...this.stepsOf(runKey).values()].filter(({ inherited }) => inherited === undefined);
    const underWay = steps.filter((step) => isUnderWay(step.status)).length;
    if (underWay !== open)
      throw new Violation(
        'the roll-up equals the sum of its parts',
        `run ${runKey} has ${open} open steps and not ${underWay}`,
      );
    this.checkCounts(runKey, counts, steps);
    if (isTerminalInstance(status) && (open > 0 || backlog !== undefined))
      throw new Violation('a run is terminal iff its steps are', `run ${runKey} is ${status} with ${open} open steps`);
    if (status === 'IN_PROGRESS' && open + (backlog?.length ?? 0) === 0)
      throw new Violation('a run is terminal iff its steps are', `run ${runKey} is ${status} and nothing is under way`);
  }

  private checkCounts(runKey: RunKey, counts: RunHeader['counts'], steps: readonly StepState[]): void {
    const sum: Partial<Record<StepStatus, number>> = {};
    for (const { status } of steps) sum[status] = (sum[status] ?? 0) + 1;
    const statuses = new Set([...Object.keys(sum), ...Object.keys(counts)]) as Set<StepStatus>;
    for (const status of statuses)
      if ((sum[status] ?? 0) !== (counts[status] ?? 0))
        throw new Violation(
          'the roll-up equals the sum of its parts',
          `run ${runKey} counts ${counts[status] ?? 0} ${status} and has ${sum[status] ?? 0}`,
        );
  }

  /** checkQueue: the counts are right, and whoever waits has a reason; `admitsNext`: what was just unblocked is admitted by the next act. */
  checkQueue(queue: QueueRow | undefined, admitsNext = false): void {
    if (queue === undefined) return;
    const { workflowKey, running, queued, blockingFailed } = queue;
    const runs = [...this.tables.runs.values()].filter((run) => run.workflow_key === workflowKey && run.body === null);
    const found = {
      running: runs.filter((run) => run.admitted && run.end_time === null).length,
      queued: [...this.tables.entries.values()].filter((entry) => entry.workflowKey === workflowKey).length,
      blockingFailed: runs.filter((run) => run.blocking).length,
    };
    const name = `queue ${queue.workflowId}`;
    if (found.running !== running || found.queued !== queued || found.blockingFailed !== blockingFailed)
      throw new Violation(
        'admission counts are right',
        `${name} says ${JSON.stringify({ running, queued, blockingFailed })}, and there are ${JSON.stringify(found)}`,
      );
    const strategy = { rule: queue.rule, workflowConcurrency: queue.concurrency };
    const idle = admissible(strategy, queue);
    if (idle > 0 && running === 0 && !admitsNext)
      throw new Violation('a queued instance has a named blocker', `${name} holds ${queued} and nothing runs`);
  }

  /** checkPermits: what is held is held by attempts that have not ended, and is within the limits. */
  checkPermits(): void {
    const held = new Map<string, number>();
    for (const { tenant, tag, granted, runKey, ordinal, attempt } of this.tables.permits.values()) {
      const step = this.stepsOf(runKey).get(ordinal);
      if (step?.attempt !== attempt || isTerminalStep(step.status))
        throw new Violation(
          'permits held = attempts that hold them',
          `${keyOf(runKey, ordinal, attempt)} has ended and keeps ${tag}`,
        );
      if (granted) held.set(keyOf(tenant, tag), (held.get(keyOf(tenant, tag)) ?? 0) + 1);
    }
    for (const [key, tag] of this.tables.tags) {
      if (tag.held !== (held.get(key) ?? 0))
        throw new Violation(
          'permits held = attempts that hold them',
          `${tag.name} says ${tag.held} and ${held.get(key) ?? 0} are granted`,
        );
      // A limit may be lowered below what is held: then nothing is granted until enough came back.
      const isMore = tag.held > (this.held.get(key) ?? 0);
      this.held.set(key, tag.held);
      if (tag.limit !== undefined && tag.held > tag.limit && isMore)
        throw new Violation(
          'permits held = attempts that hold them',
          `${tag.held} hold ${tag.name}, of which there are ${tag.limit}`,
        );
    }
  }
}
