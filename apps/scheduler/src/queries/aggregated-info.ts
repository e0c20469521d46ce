import { create } from '@bufbuild/protobuf';
import { previousRun, type Plan } from '@maestro/engine';
import { AggregatedInfoSchema, type AggregatedInfo } from '@maestro/proto/maestro/types/v1/instance';
import { instanceStatusToProto, instantToProto, stepStatusToProto } from '@maestro/wire';
import type { RunPicture } from '../ports/run-reader.js';

/** aggregatedInfo is how an instance fares over all of its runs up to this one (specification §3.7); computed, never stored. */
export function aggregatedInfo(plan: Plan, { header, attempts, earlier }: RunPicture): AggregatedInfo {
  const { steps, status } = previousRun(plan, header, attempts, earlier);
  const views = plan.steps.map(({ ordinal, id }) => {
    const known = steps.get(ordinal);
    const view = {
      workflowRunId: known?.runId ?? 0n,
      status: stepStatusToProto(known?.step.status ?? 'NOT_CREATED'),
      startTime: instantToProto(known?.step.times.start),
      endTime: instantToProto(known?.step.times.end),
    };
    return [id, view] as const;
  });
  return create(AggregatedInfoSchema, {
    stepAggregatedViews: Object.fromEntries(views),
    workflowInstanceStatus: instanceStatusToProto(status),
  });
}
