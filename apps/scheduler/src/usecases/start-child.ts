import { startRequestToProto } from '@maestro/wire';
import type { ChildAsk, StartOutcome } from '../commit/input.js';
import { restartChild } from './restart-child.js';
import type { RestartRunDeps } from './restart-run.js';
import { encodeStart } from '../commit/encode/encode-start.js';
import { submitStart, type StartWorkflowDeps } from './start-workflow.js';

/** startChild starts the run of a subworkflow step, by the run strategy of its own workflow. Throws as a start does. */
export async function startChild(
  deps: StartWorkflowDeps & RestartRunDeps,
  { request, parent, traceparent }: ChildAsk,
): Promise<StartOutcome> {
  const restarted = request.restart && (await restartChild(deps, { request, parent, traceparent }));
  if (restarted !== undefined) return restarted;
  const { workflowId, version, start, correlationId, instanceStepConcurrency } = request;
  const encoded = encodeStart(startRequestToProto({ workflowId, version }, start));
  const target = { workflowId, version };
  const child = { parent, correlationId, instanceStepConcurrency };
  return submitStart(deps, target, { request: start, ...encoded, traceparent, child });
}
