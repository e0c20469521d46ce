import { create } from '@bufbuild/protobuf';
import { splitTypeVersion } from '@maestro/steps';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { WorkerCancelSchema, WorkerTaskSchema } from '@maestro/proto/maestro/executor/v1/worker_service';
import type { WorkerCancel, WorkerTask } from '@maestro/proto/maestro/executor/v1/worker_service';
import type { RuntimeContext, RuntimeResult } from '../runtime.js';

/** RemoteTask is one attempt that a worker is to run, or runs. */
export interface RemoteTask {
  /** Names it on the streams. */
  readonly id: string;
  readonly task: Task;
  readonly context: RuntimeContext;
  /** Monotonic time since when it waits for a worker. */
  readonly waitingSince: number;
  /** Why it is to be stopped; undefined while it is not. */
  stopReason: string | undefined;
  /** Ends the attempt, once. */
  resolve(result: RuntimeResult): void;
}

/** remoteTaskId names one dispatch of an attempt. */
export function remoteTaskId({ runKey, ordinal, attempt, dispatch }: Task): string {
  return `${String(runKey)}-${ordinal}-${attempt}-${dispatch}`;
}

/** workerTask is the task as a worker gets it. Fields are set one by one: three times cheaper than by initializer. */
export function workerTask({ id, task, context }: RemoteTask): WorkerTask {
  const message = create(WorkerTaskSchema);
  const { name, version } = splitTypeVersion(task.stepType);
  message.id = id;
  message.type = name;
  message.typeVersion = version ?? '';
  message.attemptId = context.attemptId;
  message.paramsJson = task.paramsJson;
  message.workflowId = task.workflowId;
  message.workflowInstanceId = task.workflowInstanceId;
  message.workflowRunId = task.workflowRunId;
  message.stepId = task.stepId;
  message.attempt = task.attempt;
  message.tenant = task.tenant;
  message.timeoutMillis = task.timeoutMillis;
  message.traceparent = context.traceparent ?? '';
  message.artifactsJson = task.artifactsJson;
  return message;
}

/** workerCancel tells a worker to stop a task. */
export function workerCancel({ id, stopReason }: RemoteTask): WorkerCancel {
  const message = create(WorkerCancelSchema);
  message.taskId = id;
  message.reason = stopReason ?? '';
  return message;
}
