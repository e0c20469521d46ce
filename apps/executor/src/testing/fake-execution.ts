import { create, fromBinary } from '@bufbuild/protobuf';
import { makeRunKey } from '@maestro/domain';
import { TaskSchema, type Task } from '@maestro/proto/maestro/executor/v1/task';
import {
  AttemptReportBatchSchema,
  ReportVerdict,
  type AttemptReport,
} from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { LogStreamName, StoredLogChunk } from '../ports/log-store.js';
import type { ReportAnswer, SchedulerLink } from '../ports/scheduler-link.js';
import type { TaskDelivery } from '../ports/task-source.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtimes/runtime.js';
import { createExecution } from '../usecases/create-execution.js';
import type { Execution } from '../usecases/execution.js';
import type { Shares } from '../usecases/shares.js';

/** ManualClock stands still until it is told to move. */
export class ManualClock {
  time = 1_000_000;
  monotonic = (): number => this.time;
  now = (): number => this.time;
}

/** ManualRuntime starts attempts and ends them when the test says so. */
export class ManualRuntime implements Runtime {
  readonly type = 'Manual';
  readonly takesSlot = true;

  /** `survives`: what it runs outlives the executor. */
  constructor(readonly survives = false) {}

  readonly started: { readonly task: Task; readonly context: RuntimeContext }[] = [];
  private readonly ends: ((result: RuntimeResult) => void)[] = [];

  start(task: Task, context: RuntimeContext): Promise<RuntimeResult> {
    this.started.push({ task, context });
    return new Promise((resolve) => {
      this.ends.push(resolve);
      context.signal.addEventListener('abort', () => resolve({ outcome: 'STOPPED' }));
    });
  }

  end(result: RuntimeResult = { outcome: 'DONE' }): void {
    this.ends.at(-1)?.(result);
  }
}

/** RecordedDelivery remembers what was done with it. */
export interface RecordedDelivery extends TaskDelivery {
  acks: number;
  readonly naks: number[];
}

/** ScriptedLink answers reports by script; it keeps every request with the replica it went to. */
export class ScriptedLink implements SchedulerLink {
  readonly requests: { readonly replica: string | undefined; readonly reports: readonly AttemptReport[] }[] = [];
  answer: (reports: readonly AttemptReport[], replica: string | undefined) => ReportAnswer | Promise<ReportAnswer> = (
    reports,
  ) => reports.map(() => ReportVerdict.ACCEPTED);

  async sendReports(replica: string | undefined, batch: Uint8Array): Promise<ReportAnswer> {
    const { reports } = fromBinary(AttemptReportBatchSchema, batch);
    this.requests.push({ replica, reports });
    return this.answer(reports, replica);
  }

  renewLease(): Promise<never> {
    return Promise.reject(new Error('not scripted'));
  }

  get reports(): readonly AttemptReport[] {
    return this.requests.flatMap(({ reports }) => reports);
  }

  kinds(): readonly (string | undefined)[] {
    return this.reports.map(({ kind }) => kind.case);
  }

  results() {
    return this.reports.flatMap(({ kind }) => (kind.case === 'result' ? [kind.value] : []));
  }
}

/** FakeExecution is the use cases of an executor with everything around them in the hands of a test. */
export interface FakeExecution {
  readonly execution: Execution;
  readonly clock: ManualClock;
  readonly runtime: ManualRuntime;
  readonly link: ScriptedLink;
  readonly log: StoredLogChunk[];
}

/** FakeExecutionOptions are what differs from four slots for everybody. */
export interface FakeExecutionOptions {
  readonly slots?: number;
  readonly survives?: boolean;
  readonly shares?: Shares;
  /** Runtimes beside the manual one. */
  readonly runtimes?: readonly Runtime[];
}

export function fakeExecution(options: FakeExecutionOptions = {}): FakeExecution {
  const clock = new ManualClock();
  const runtime = new ManualRuntime(options.survives);
  const link = new ScriptedLink();
  const log: StoredLogChunk[] = [];
  const execution = createExecution({
    executorId: 'ex-1',
    incarnation: 7n,
    slots: options.slots ?? 4,
    clock,
    runtimes: [runtime, ...(options.runtimes ?? [])],
    ...(options.shares === undefined ? {} : { shares: options.shares }),
    link,
    observer: { attemptEnded: () => undefined, claimAnswered: () => undefined },
    openSpan: () => undefined,
    logs: { add: (chunk) => log.push(chunk) > 0 },
    logBytes: 1_000,
    creditChanged: () => undefined,
  });
  execution.gate.leaseRenewed();
  return { execution, clock, runtime, link, log };
}

let sequence = 0;

/** delivery is a fresh task for the manual runtime, changed as the test says. */
export function delivery(
  task: Partial<Omit<Task, '$typeName' | '$unknown'>> = {},
  redelivered = false,
): RecordedDelivery {
  sequence += 1;
  const recorded: RecordedDelivery = {
    task: create(TaskSchema, {
      runKey: makeRunKey({ retentionClass: 0, at: Date.UTC(2026, 0, 1), shard: 3, sequence }),
      attempt: 1,
      dispatch: 1,
      stepType: 'Manual',
      workflowId: 'wf',
      workflowInstanceId: 1n,
      workflowRunId: 1n,
      stepId: 's',
      dispatchedAt: 1_000_000n,
      fastStartMillis: 5_000n,
      ...task,
    }),
    redelivered,
    acks: 0,
    naks: [],
    ack: () => {
      recorded.acks += 1;
    },
    retryAfter: (delayMs) => {
      recorded.naks.push(delayMs);
    },
  };
  return recorded;
}

/** settled lets everything run that is ready to run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** logText is what an attempt wrote to one stream. */
export function logText(log: readonly StoredLogChunk[], stream: LogStreamName): string {
  const pieces = log.filter((chunk) => chunk.stream === stream);
  return pieces.map(({ data }) => new TextDecoder().decode(data)).join('');
}
