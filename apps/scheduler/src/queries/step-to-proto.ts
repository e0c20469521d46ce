import { create } from '@bufbuild/protobuf';
import { attemptId, executorOf, MaestroError, type TimelineEvent } from '@maestro/domain';
import {
  stepStatusEvents,
  stepTags,
  withStatusEvents,
  type Plan,
  type PlanStep,
  type RunHeader,
  type StepState,
  type TimelineEntry,
} from '@maestro/engine';
import {
  StepInstanceSchema,
  StepRuntimeStateSchema,
  type StepInstance,
  type StepRuntimeState,
} from '@maestro/proto/maestro/types/v1/instance';
import {
  instantToProto,
  jsonObjectToProto,
  paramsToProto,
  stepSignalsToProto,
  stepStatusToProto,
  stepToProto as stepDefinitionToProto,
  tagsToProto,
  timelineEventToProto,
} from '@maestro/wire';
import { artifactsOf } from './step-artifacts.js';
import { withReservedParams } from './reserved-params.js';
import { stepRetryToProto } from './step-retry.js';

/** stepToProto is one attempt as callers see it; `timeline` may hold the events of the whole run, enriched it also tells statuses. */
export function stepToProto(
  plan: Plan,
  header: RunHeader,
  step: StepState,
  timeline: readonly TimelineEntry[],
  enriched = false,
): StepInstance {
  const planStep = planStepOf(plan, step.ordinal);
  const { ordinal, attempt } = step;
  const artifacts = artifactsOf(planStep, header, step);
  return create(StepInstanceSchema, {
    ...identity(plan, header, planStep),
    stepAttemptId: attempt,
    stepUuid: attemptId({ runKey: header.runKey, ordinal, attempt }),
    params: paramsToProto(withReservedParams(header, planStep.id, step)),
    successors: step.taken === undefined ? {} : successorsOf(plan, planStep, step.taken),
    stepRetry: stepRetryToProto(step),
    timeoutInMillis: instantToProto(step.timeoutMillis),
    runtimeState: runtimeStateOf(step),
    ...(artifacts === undefined ? {} : { artifacts: jsonObjectToProto(artifacts) }),
    timeline: withStatusEvents(eventsOf(step, timeline), enriched ? stepStatusEvents(step) : []).map(
      timelineEventToProto,
    ),
    executorId: executorOf(step.claimedBy ?? ''),
    ...(step.signals === undefined ? {} : { signals: stepSignalsToProto(step.signals) }),
  });
}

function eventsOf({ ordinal, attempt }: StepState, timeline: readonly TimelineEntry[]): TimelineEvent[] {
  return timeline
    .filter((entry) => entry.ordinal === ordinal && (entry.attempt === undefined || entry.attempt === attempt))
    .map(({ event }) => event);
}

/** stepNotCreated is a step that the run has not come to. */
export function stepNotCreated(plan: Plan, header: RunHeader, ordinal: number): StepInstance {
  const planStep = planStepOf(plan, ordinal);
  const runtimeState = create(StepRuntimeStateSchema, { status: stepStatusToProto('NOT_CREATED') });
  return create(StepInstanceSchema, { ...identity(plan, header, planStep), runtimeState });
}

function planStepOf(plan: Plan, ordinal: number): PlanStep {
  const found = plan.steps[ordinal];
  if (found !== undefined) return found;
  throw new MaestroError(
    'INTERNAL',
    `Version ${plan.version} of workflow ${plan.workflowId} has no step at ${ordinal}.`,
  );
}

function identity(plan: Plan, header: RunHeader, planStep: PlanStep) {
  return {
    workflowId: header.workflowId,
    workflowInstanceId: header.instanceId,
    workflowRunId: header.runId,
    workflowUuid: header.requestId,
    correlationId: header.correlationId,
    workflowVersionId: header.version,
    stepId: planStep.id,
    stepInstanceId: BigInt(planStep.ordinal + 1),
    definition: stepDefinitionToProto(planStep.definition),
    tags: tagsToProto(stepTags(plan, header, planStep)),
    predecessors: planStep.predecessors.map((each) => plan.steps[each]?.id ?? ''),
  };
}

function successorsOf(plan: Plan, planStep: PlanStep, taken: readonly number[]): Record<string, boolean> {
  return Object.fromEntries(planStep.successors.map(({ to }) => [plan.steps[to]?.id ?? '', taken.includes(to)]));
}

/** runtimeStateOf is a status and when each phase was entered. */
export function runtimeStateOf({ status, times }: Pick<StepState, 'status' | 'times'>): StepRuntimeState {
  const reached = Object.values(times) as readonly (number | undefined)[];
  return create(StepRuntimeStateSchema, {
    status: stepStatusToProto(status),
    createTime: instantToProto(times.create),
    initializeTime: instantToProto(times.initialize),
    pauseTime: instantToProto(times.pause),
    waitSignalTime: instantToProto(times.waitSignal),
    evaluateParamTime: instantToProto(times.evaluateParam),
    waitPermitTime: instantToProto(times.waitPermit),
    startTime: instantToProto(times.start),
    executeTime: instantToProto(times.execute),
    finishTime: instantToProto(times.finish),
    endTime: instantToProto(times.end),
    modifyTime: instantToProto(Math.max(0, ...reached.map((time) => time ?? 0))),
  });
}
