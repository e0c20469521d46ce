import { MaestroError, type ErrorCode, type RunKey } from '@maestro/domain';
import { childRequest, type Command } from '@maestro/engine';
import type { CommitDeps } from './commit-deps.js';
import { submitEvent } from './submit-event.js';

/** What is over after a while: the start is asked for again. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'OVERLOADED', 'TIMED_OUT', 'INTERNAL']);

type StartChild = Extract<Command, { type: 'start-child' }>;

/**
 * startChild starts the run of a subworkflow step and tells the step what became of it. What is lost or cannot be done now is asked
 * again by the engine's timer, under the same request id.
 */
export function startChild(deps: CommitDeps, runKey: RunKey, { ordinal, attempt }: StartChild): void {
  const record = deps.cache.get(runKey);
  const step = record?.state.steps.get(ordinal);
  if (record === undefined || step?.attempt !== attempt) return;
  const { header } = record.state;
  const waits = record.plan.steps[ordinal]?.sync !== false;
  const ask = {
    request: childRequest(record.plan, header, step),
    parent: waits ? { runKey, ordinal, attempt } : undefined,
    traceparent: header.traceparent,
  };
  deps.startChild(ask).then(
    ({ instanceId, runId, version }) => {
      const { workflowId } = ask.request;
      const child = { workflowId, instanceId: Number(instanceId), runId: Number(runId), version: Number(version) };
      submitEvent(deps, runKey, { type: 'child-started', at: deps.now(), ordinal, attempt, child });
    },
    (error: unknown) => {
      if (error instanceof MaestroError && !PASSING.has(error.code)) {
        submitEvent(deps, runKey, { type: 'child-refused', at: deps.now(), ordinal, attempt, message: error.message });
      } else
        deps.logger.warn(
          { err: error, runKey: String(runKey) },
          'a subworkflow cannot be started now; it is asked again',
        );
    },
  );
}
