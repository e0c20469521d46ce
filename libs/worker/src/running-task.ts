import { create } from '@bufbuild/protobuf';
import {
  WorkerLogStream,
  WorkerOutcome,
  WorkerResultSchema,
  type WorkerResult,
  type WorkerTask,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import { FatalError, PlatformError, TimeoutError } from './errors.js';
import { readValues, writeJson } from './json.js';
import type { StepContext, StepFunction, Value, Values } from './step-context.js';

/** TaskSink takes what a task says while it runs, and its end. */
export interface TaskSink {
  readonly maxOutputBytes: number;
  log(taskId: string, stream: WorkerLogStream, text: string): void;
  progress(taskId: string, artifacts: Uint8Array): void;
  finished(task: RunningTask, result: WorkerResult): void;
}

/** LOST_CONTACT is why tasks are stopped when the executor is not heard of any more. */
export const LOST_CONTACT = 'the worker lost contact to its executor';

/** RunningTask is one attempt that this worker runs. */
export class RunningTask {
  private readonly aborter = new AbortController();
  private readonly left: Record<string, Value> = {};
  private readonly announced: Values[] = [];

  constructor(
    readonly task: WorkerTask,
    private readonly sink: TaskSink,
  ) {}

  get id(): string {
    return this.task.id;
  }

  /** stop asks the step's function to end; the first reason stays. */
  stop(reason: string): void {
    this.aborter.abort(reason);
  }

  /** run calls the step's function and tells the sink how it ended. Never rejects. */
  async run(step: StepFunction | undefined): Promise<void> {
    this.sink.finished(this, await this.resultOf(step));
  }

  private async resultOf(step: StepFunction | undefined): Promise<WorkerResult> {
    if (step === undefined) {
      const { type, typeVersion } = this.task;
      return this.result(WorkerOutcome.PLATFORM_ERROR, `this worker does not run ${type}@${typeVersion}`);
    }
    try {
      const outputs = await step(this.context());
      return this.result(WorkerOutcome.DONE, '', outputs ?? undefined);
    } catch (error) {
      return this.failure(error);
    }
  }

  private failure(error: unknown): WorkerResult {
    const message = error instanceof Error ? error.message : String(error);
    const { aborted } = this.aborter.signal;
    const reason: unknown = this.aborter.signal.reason;
    if (aborted) {
      return reason === LOST_CONTACT
        ? this.result(WorkerOutcome.PLATFORM_ERROR, LOST_CONTACT)
        : this.result(WorkerOutcome.CANCELLED, message);
    }
    if (error instanceof Error && error.stack !== undefined) {
      this.sink.log(this.id, WorkerLogStream.STDERR, `${error.stack}\n`);
    }
    return this.result(outcomeOf(error), message);
  }

  private result(outcome: WorkerOutcome, message: string, params?: Values): WorkerResult {
    const result = create(WorkerResultSchema);
    result.taskId = this.id;
    result.outcome = outcome;
    result.message = message;
    const document = this.document(outcome, params);
    if (document === undefined) return result;
    const wrong = this.encode(result, document);
    if (wrong === undefined) return result;
    result.outcome = WorkerOutcome.USER_ERROR;
    result.message = wrong;
    return result;
  }

  private document(outcome: WorkerOutcome, params: Values | undefined): Values | undefined {
    const signals = outcome === WorkerOutcome.DONE ? this.announced : [];
    const hasArtifacts = Object.keys(this.left).length > 0;
    if (params === undefined && !hasArtifacts && signals.length === 0) return undefined;
    return {
      ...(params === undefined ? {} : { params }),
      ...(hasArtifacts ? { artifacts: this.left } : {}),
      ...(signals.length > 0 ? { signals } : {}),
    };
  }

  /** What keeps the document from being sent, or undefined. */
  private encode(result: WorkerResult, document: Values): string | undefined {
    try {
      const json = writeJson(document);
      const { maxOutputBytes } = this.sink;
      if (json.length > maxOutputBytes) {
        return `The step returned ${json.length} bytes; ${maxOutputBytes} is the limit. Store big data elsewhere and return where it is.`;
      }
      result.outputJson = json;
      return undefined;
    } catch (error) {
      return `What the step returned cannot be sent as JSON: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private context(): StepContext {
    const { task, sink, id } = this;
    return {
      params: readValues(task.paramsJson),
      signal: this.aborter.signal,
      attemptId: task.attemptId,
      workflowId: task.workflowId,
      workflowInstanceId: task.workflowInstanceId,
      workflowRunId: task.workflowRunId,
      stepId: task.stepId,
      attempt: task.attempt,
      tenant: task.tenant,
      type: { name: task.type, version: task.typeVersion },
      traceparent: task.traceparent,
      artifacts: readValues(task.artifactsJson),
      log: (text) => sink.log(id, WorkerLogStream.STDOUT, `${text}\n`),
      warn: (text) => sink.log(id, WorkerLogStream.STDERR, `${text}\n`),
      progress: (artifacts) => sink.progress(id, writeJson(artifacts)),
      setArtifact: (name, value) => void (this.left[name] = value),
      announce: (name, params) => void this.announced.push({ name, ...(params === undefined ? {} : { params }) }),
    };
  }
}

function outcomeOf(error: unknown): WorkerOutcome {
  if (error instanceof FatalError) return WorkerOutcome.FATAL_ERROR;
  if (error instanceof PlatformError) return WorkerOutcome.PLATFORM_ERROR;
  if (error instanceof TimeoutError) return WorkerOutcome.TIMED_OUT;
  return WorkerOutcome.USER_ERROR;
}
