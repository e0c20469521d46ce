import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  ActionService,
  type StepAct,
  type StepActionResultSchema,
} from '@maestro/proto/maestro/scheduler/v1/action_service';
import { callerOf } from '@maestro/service';
import { skipByRestart, type SkipByRestartDeps } from '../usecases/skip-by-restart.js';
import { runReferenceOf } from './run-reference.js';
import { performStepAct } from './step-act.js';

type Result = MessageInitShape<typeof StepActionResultSchema>;

/** skipStepRpc serves SkipStep; a step of a run that has ended is skipped by the next run of its instance. */
export function skipStepRpc(deps: SkipByRestartDeps): Handler<typeof ActionService.method.skipStep> {
  return async ({ act, requestId }, context) => {
    const restarted = act?.step?.stepId ? await byRestart(deps, act, requestId, context) : undefined;
    return { result: restarted ?? (await performStepAct(deps, act, 'SKIP', context)) };
  };
}

async function byRestart(
  deps: SkipByRestartDeps,
  act: StepAct,
  requestId: string,
  context: CallContext,
): Promise<Result | undefined> {
  const run = runReferenceOf(act.step?.run);
  const stepId = act.step?.stepId ?? '';
  const next = await skipByRestart(deps, { run, stepId, by: callerOf(context) }, requestId);
  if (next === undefined) return undefined;
  const { workflowId, instanceId, runId } = next;
  return {
    workflowId,
    workflowInstanceId: instanceId,
    workflowRunId: runId,
    stepId,
    completed: false,
    info: `The run had ended; run ${String(runId)} of ${workflowId}/${String(instanceId)} skips the step and goes on behind it.`,
  };
}
