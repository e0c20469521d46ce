import { create } from '@bufbuild/protobuf';
import {
  allWorkflowParams,
  restoreState,
  runStatusEvents,
  runtimeOverview,
  withStatusEvents,
  type LeafCounts,
  type OverviewStep,
  type Plan,
  type RunHeader,
} from '@maestro/engine';
import { STEP_STATUSES, type StepStatus, type Workflow } from '@maestro/domain';
import {
  LeafReferenceSchema,
  RollupOverviewSchema,
  RuntimeOverviewSchema,
  StepReferenceSchema,
  StepStatusOverviewSchema,
  WorkflowInstanceSchema,
  type LeafReference,
  type RollupOverview,
  type RuntimeOverview,
  type StepReference,
  type StepStatusOverview,
  type TimelineEvent,
  type WorkflowInstance,
} from '@maestro/proto/maestro/types/v1/instance';
import {
  initiatorToProto,
  instanceStatusToProto,
  instantToProto,
  jsonObjectToProto,
  paramDefinitionsToProto,
  paramsToProto,
  restartConfigToProto,
  runPolicyToProto,
  stepStatusToProto,
  tagsToProto,
  timelineEventToProto,
  workflowToProto,
} from '@maestro/wire';
import type { RunPicture, RunSummary } from '../ports/run-reader.js';
import { aggregatedInfo } from './aggregated-info.js';
import type { LeafName, Rollup } from '../usecases/read-rollup.js';
import { inheritedSteps } from './inherited-steps.js';

/** summaryToProto is a run as lists show it: the overview counts, and refers to no steps. */
export function summaryToProto(run: RunSummary, plan: Plan | undefined): WorkflowInstance {
  const overview = plan === undefined ? {} : { runtimeOverview: countsOf(plan, run.header) };
  return create(WorkflowInstanceSchema, { ...common(run), ...overview });
}

/** updateToProto is a run as those who follow it see it change: without what never changes. */
export function updateToProto(run: RunPicture, plan: Plan): WorkflowInstance {
  return create(WorkflowInstanceSchema, changing(run, plan));
}

/** Also is what a run is shown with where it is read alone. */
export interface Also {
  /** Leaf steps of the run and of all below it. */
  readonly rollup?: Rollup;
  /** Its timeline also tells its statuses. */
  readonly enriched?: boolean;
}

/** instanceToProto is a run whole, with the default params that it does not override. */
export function instanceToProto(run: RunPicture, plan: Plan, also: Also = {}): WorkflowInstance {
  const params = paramsToProto(allWorkflowParams(plan, run.header));
  const runtimeWorkflow = workflowToProto(runtimeWorkflowOf(run, plan));
  const aggregated = { aggregatedInfo: aggregatedInfo(plan, run) };
  return create(WorkflowInstanceSchema, { ...changing(run, plan, also), params, runtimeWorkflow, ...aggregated });
}

/** The workflow of an iteration is the steps of its loop. */
function runtimeWorkflowOf({ header }: RunPicture, plan: Plan): Workflow {
  if (header.body === undefined) return plan.workflow;
  return { id: header.workflowId, name: plan.workflow.id, steps: plan.steps.map(({ definition }) => definition) };
}

function changing(run: RunPicture, plan: Plan, { rollup, enriched = false }: Also = {}) {
  return { ...common(run), runtimeOverview: overviewOf(plan, run, rollup), timeline: timelineOf(run, enriched) };
}

function common({ header, modifyTime, parkedReason }: RunSummary) {
  return {
    workflowId: header.workflowId,
    workflowInstanceId: header.instanceId,
    workflowRunId: header.runId,
    workflowVersionId: header.version,
    workflowUuid: header.requestId,
    correlationId: header.correlationId,
    tenant: header.tenant,
    status: instanceStatusToProto(header.status),
    initiator: initiatorToProto(header.initiator),
    runPolicy: runPolicyToProto(header.runPolicy),
    runtimeTags: tagsToProto(header.runtimeTags),
    runParams: paramDefinitionsToProto({ ...header.runParams, ...header.restart?.config.params }),
    ...(header.restart === undefined ? {} : { restartConfig: restartConfigToProto(header.restart.config) }),
    timeoutInMillis: instantToProto(header.timeoutMillis),
    requestTime: instantToProto(header.requestTime),
    createTime: instantToProto(header.createTime),
    startTime: instantToProto(header.startTime),
    endTime: instantToProto(header.endTime),
    modifyTime: instantToProto(modifyTime),
    artifacts: jsonObjectToProto(header.artifacts),
    internalId: header.workflowKey,
    parkedReason: parkedReason ?? '',
  };
}

/** Events of the run itself; those of its steps are told with the steps. */
function timelineOf({ header, timeline }: RunPicture, enriched: boolean): TimelineEvent[] {
  const events = timeline.filter(({ ordinal }) => ordinal === undefined).map(({ event }) => event);
  return withStatusEvents(events, enriched ? runStatusEvents(header) : []).map(timelineEventToProto);
}

/** The overview of specification §3.6; steps are referred to in the order of the definition. */
function overviewOf(plan: Plan, run: RunPicture, rollup: Rollup | undefined): RuntimeOverview {
  const overview = runtimeOverview(plan, restoreState(plan, run.header, [...run.attempts, ...inheritedSteps(run)]));
  const stepOverview = STEP_STATUSES.flatMap((status) => {
    const of = overview.statuses[status];
    return of === undefined
      ? []
      : [
          statusOf(
            status,
            of.count,
            of.steps.map((step) => referenceOf(plan, step)),
          ),
        ];
  });
  return create(RuntimeOverviewSchema, {
    totalStepCount: BigInt(overview.totalStepCount),
    stepOverview,
    ...(rollup === undefined ? {} : { rollupOverview: rollupOf(rollup) }),
  });
}

function referenceOf(plan: Plan, { ordinal, startTime, endTime }: OverviewStep): StepReference {
  return create(StepReferenceSchema, {
    stepId: plan.steps[ordinal]?.id ?? '',
    startTime: instantToProto(startTime),
    endTime: instantToProto(endTime),
  });
}

function countsOf(plan: Plan, { counts }: RunHeader): RuntimeOverview {
  const totalStepCount = BigInt(plan.steps.length);
  return create(RuntimeOverviewSchema, { totalStepCount, stepOverview: statusesOf(counts) });
}

function rollupOf({ counts, leaves }: Rollup): RollupOverview {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const overview = statusesOf(counts).map((each) => ({
    ...each,
    leaves: leaves.filter(({ status }) => stepStatusToProto(status) === each.status).map(leafToProto),
  }));
  return create(RollupOverviewSchema, { totalLeafCount: BigInt(total), overview });
}

function leafToProto({ attempt, ...leaf }: LeafName): LeafReference {
  return create(LeafReferenceSchema, { ...leaf, attempt: BigInt(attempt) });
}

function statusesOf(counts: LeafCounts): StepStatusOverview[] {
  return STEP_STATUSES.flatMap((status) => {
    const count = counts[status] ?? 0;
    return count === 0 ? [] : [statusOf(status, count, [])];
  });
}

function statusOf(status: StepStatus, count: number, steps: StepReference[]): StepStatusOverview {
  return create(StepStatusOverviewSchema, { status: stepStatusToProto(status), count: BigInt(count), steps });
}
