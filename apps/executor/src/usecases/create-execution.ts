import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { AttemptSpan } from '../ports/attempt-span.js';
import type { Clock } from '../ports/clock.js';
import type { ExecutionObserver } from '../ports/execution-observer.js';
import type { SchedulerLink } from '../ports/scheduler-link.js';
import type { Runtime } from '../runtimes/runtime.js';
import type { Attempt } from './attempt.js';
import { AttemptLog } from './attempt-log.js';
import { AttemptTable } from './attempt-table.js';
import type { Execution } from './execution.js';
import { logLimits } from './log-limits.js';
import type { LogWriter } from './log-writer.js';
import { ReportBuffer } from './report-buffer.js';
import { tellProgress } from './tell-progress.js';
import { NO_SHARES, type Shares } from './shares.js';
import { Tombstones } from './tombstones.js';
import { WorkGate } from './work-gate.js';

export interface ExecutionOptions {
  readonly executorId: string;
  /** Higher at every start of the process. */
  readonly incarnation: bigint;
  readonly slots: number;
  /** Default: everybody may take everything. */
  readonly shares?: Shares;
  readonly clock: Clock;
  readonly runtimes: readonly Runtime[];
  /** Finds runtimes that come and go: those of workers. */
  readonly remoteRuntime?: (type: string) => Runtime | undefined;
  readonly link: SchedulerLink;
  readonly observer: ExecutionObserver;
  readonly openSpan: (task: Task) => AttemptSpan | undefined;
  readonly logs: Pick<LogWriter, 'add'>;
  /** Bytes of log that are kept of one attempt. */
  readonly logBytes: number;
  /** Told when more work may be taken than before. */
  readonly creditChanged: () => void;
}

/** createExecution puts together what the acts of this service share. */
export function createExecution(options: ExecutionOptions): Execution {
  const { clock, executorId, link, logBytes, logs, observer, openSpan, runtimes, slots, creditChanged } = options;
  const gate = new WorkGate(options.incarnation, creditChanged);
  const limits = logLimits(logBytes, slots);
  const builtIn = new Map(runtimes.map((runtime) => [runtime.type.toLowerCase(), runtime]));
  const attempts = new AttemptTable(creditChanged);
  const reports = new ReportBuffer({ executorId, incarnation: () => gate.incarnation, link, released: creditChanged });
  return {
    executorId,
    slots,
    shares: options.shares ?? NO_SHARES,
    clock,
    observer,
    attempts,
    reports,
    tombstones: new Tombstones(),
    gate,
    runtimes: { get: (type) => builtIn.get(type) ?? options.remoteRuntime?.(type) },
    services: {
      openSpan: ({ task }) => openSpan(task),
      releaseSlot: (attempt) => attempts.wait(attempt),
      tellProgress: (attempt, artifacts) => tellProgress(reports, attempt, artifacts),
      openLog: ({ task }: Attempt) =>
        new AttemptLog({
          of: {
            workflowId: task.workflowId,
            instanceId: task.workflowInstanceId,
            runId: task.workflowRunId,
            stepId: task.stepId,
            attempt: task.attempt,
          },
          ...limits,
          now: () => clock.now(),
          store: (chunk, isEnd) => logs.add(chunk, isEnd),
        }),
    },
  };
}
