import type { MessageInitShape } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext } from '@maestro/grpc';
import type { StepAct, StepActionResultSchema } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { stepToProto } from '../queries/step-to-proto.js';
import { actOnStep, type ActedStep, type ActOnStepDeps } from '../usecases/act-on-step.js';
import type { PersonalStepAction } from '../usecases/step-acts.js';
import { runReferenceOf } from './run-reference.js';

/** The longest that an answer waits for what was asked for. */
const WAIT_MS = 5_000;
/** What the answer itself may take of the caller's deadline. */
const MARGIN_MS = 300;

/** performStepAct acts on a step and words the answer. */
export async function performStepAct(
  deps: ActOnStepDeps,
  act: StepAct | undefined,
  action: PersonalStepAction,
  context: CallContext,
): Promise<MessageInitShape<typeof StepActionResultSchema>> {
  const by = callerOf(context);
  const run = runReferenceOf(act?.step?.run);
  const stepId = act?.step?.stepId ?? '';
  if (stepId === '') throw noStep();
  const reason = act?.reason ?? '';
  const waitMs = act?.noWait === true ? 0 : patienceOf(context);
  const attempt = act?.step?.stepAttemptId ?? 0;
  const acted = await actOnStep(deps, { run, stepId, attempt, action, by, reason, waitMs, signal: context.signal });
  const event = { type: 'ACTION', timestamp: deps.now(), action, author: by, reason } as const;
  return { ...resultOf(acted), timelineEvent: timelineEventToProto(event) };
}

/** patienceOf is how long an answer may wait for what was asked for. */
export function patienceOf({ deadline }: Pick<CallContext, 'deadline'>): number {
  return Math.max(0, Math.min(WAIT_MS, deadline - Date.now() - MARGIN_MS));
}

function resultOf({ plan, header, step, completed }: ActedStep): MessageInitShape<typeof StepActionResultSchema> {
  const { workflowId, instanceId, runId } = header;
  const { runtimeState, stepId } = stepToProto(plan, header, step, []);
  return {
    workflowId,
    workflowInstanceId: instanceId,
    workflowRunId: runId,
    stepId,
    stepAttemptId: step.attempt,
    ...(runtimeState === undefined ? {} : { stepRuntimeState: runtimeState }),
    completed,
    info: completed ? `Attempt ${step.attempt} is ${step.status}.` : pending(step),
  };
}

function pending({ attempt, status, cancelling }: ActedStep['step']): string {
  if (cancelling === undefined) return `Attempt ${attempt} is ${status}.`;
  return `Attempt ${attempt} is ${status} and will be ${cancelling.target} as soon as it is confirmed that nothing of it runs any more.`;
}

function noStep(): MaestroError {
  return new MaestroError('INVALID_REQUEST', 'The request does not say which step it is about.', {
    violations: [{ path: 'act.step.step_id', message: 'is required' }],
  });
}
