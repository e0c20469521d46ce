import { create } from '@bufbuild/protobuf';
import type { Json, JsonObject } from '@maestro/domain';
import { TaskSchema, type Task } from '@maestro/proto/maestro/executor/v1/task';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import type { LogStreamName } from '../ports/log-store.js';
import type { RuntimeContext, RuntimeResult } from '../runtimes/runtime.js';

/** RecordingContext is a runtime's context that keeps what was logged and can be aborted. */
export class RecordingContext implements RuntimeContext {
  readonly traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  readonly logged: { readonly stream: LogStreamName; readonly text: string }[] = [];
  constructor(readonly attemptId = '77-0-1') {}

  /** What was told as progress. */
  artifacts: JsonObject = {};
  private readonly aborter = new AbortController();
  readonly signal: AbortSignal = this.aborter.signal;

  log(stream: LogStreamName, data: Uint8Array | string): void {
    this.logged.push({ stream, text: typeof data === 'string' ? data : new TextDecoder().decode(data) });
  }

  progress(artifacts: JsonObject): void {
    this.artifacts = { ...this.artifacts, ...artifacts };
  }

  /** The executor's reason; `lease-lost`, `drained` and `not-granted` leave to others what survives. */
  abort(reason = 'cancelled'): void {
    this.aborter.abort(reason);
  }

  text(stream: LogStreamName): string {
    return this.logged.flatMap((piece) => (piece.stream === stream ? [piece.text] : [])).join('');
  }
}

/** taskWith is a task of a type with these evaluated params. */
export function taskWith(stepType: string, params: JsonObject): Task {
  return create(TaskSchema, {
    runKey: 77n,
    attempt: 1,
    dispatch: 1,
    stepType,
    workflowId: 'wf',
    workflowInstanceId: 9_007_199_254_740_993n,
    workflowRunId: 2n,
    stepId: 'step',
    paramsJson: encodeExactJson(params),
  });
}

export function outputsOf({ outputParamsJson }: RuntimeResult): Json | undefined {
  return outputParamsJson === undefined ? undefined : decodeExactJson(outputParamsJson);
}

export function artifactsOf({ artifactsJson }: RuntimeResult): Json | undefined {
  return artifactsJson === undefined ? undefined : decodeExactJson(artifactsJson);
}
