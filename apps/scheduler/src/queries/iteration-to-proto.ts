import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { rankOf } from '@maestro/engine';
import { StepIterationSchema, type StepIteration } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { paramsToProto } from '@maestro/wire';
import type { FoundIteration } from '../ports/iteration-reader.js';
import type { LocatedIterations } from '../usecases/locate-iterations.js';
import { runtimeStateOf } from './step-to-proto.js';

/** iterationToProto tells an iteration as one of the instance that people named (specification §6.13). */
export function iterationToProto({ header, stepId }: LocatedIterations, found: FoundIteration): StepIteration {
  const root = found.ancestors.find(
    ({ workflowId, instanceId }) => workflowId === header.workflowId && instanceId === header.instanceId,
  );
  const tries = [...found.ancestors.map(({ runId }) => runId), found.runId, BigInt(found.attempt)];
  const message: MessageInitShape<typeof StepIterationSchema> = {
    workflowId: header.workflowId,
    workflowInstanceId: header.instanceId,
    workflowRunId: root?.runId ?? header.runId,
    stepId,
    iterationRank: rankOf(found.place),
    stepAttemptSeq: rankOf(tries),
    leafStepInstanceRef: {
      workflowId: found.workflowId,
      workflowInstanceId: found.instanceId,
      workflowRunId: found.runId,
      stepId: found.attempt === 0 ? '' : stepId,
      stepAttemptId: found.attempt,
    },
    loopParams: paramsToProto(found.params),
    stepRuntimeState: runtimeStateOf(found),
  };
  return create(StepIterationSchema, message);
}
