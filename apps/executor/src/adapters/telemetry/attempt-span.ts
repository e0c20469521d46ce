import { SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { contextOf, traceparentOf } from '@maestro/telemetry';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { AttemptSpan } from '../../ports/attempt-span.js';

/** W3C: the last two characters are the flags; 01 = sampled. */
const SAMPLED = /-[0-9a-f]?[13579bdf]$/;

/** openAttemptSpan starts the span of a task whose run is traced; undefined (and free) for all others. */
export function openAttemptSpan(tracer: Tracer, task: Task): AttemptSpan | undefined {
  if (task.traceparent === '' || !SAMPLED.test(task.traceparent)) return undefined;
  const parent = contextOf(task.traceparent);
  const span = tracer.startSpan(
    `attempt ${task.stepType}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: {
        'maestro.workflow': task.workflowId,
        'maestro.instance': String(task.workflowInstanceId),
        'maestro.run': String(task.workflowRunId),
        'maestro.step': task.stepId,
        'maestro.attempt': task.attempt,
      },
    },
    parent,
  );
  return {
    traceparent: traceparentOf(trace.setSpan(parent, span)),
    end: (failure) => {
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}
