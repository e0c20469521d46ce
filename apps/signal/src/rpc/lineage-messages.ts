import { create } from '@bufbuild/protobuf';
import {
  FiringSchema,
  FiringState as StateEnum,
  SignalEdgeKind,
  SubscribedTriggerSchema,
  TracedDependencySchema,
  type Firing as FiringMessage,
  type SubscribedTrigger,
  type TracedDependency as TracedDependencyMessage,
} from '@maestro/proto/maestro/signal/v1/lineage_service';
import { awaitedSignalToProto, signalStepToProto, signalTriggerToProto } from '@maestro/wire';
import type { Firing, FiringState, LiveTrigger, SignalEdge, TracedDependency } from '../ports/lineage.js';

const STATES: Readonly<Record<FiringState, StateEnum>> = {
  PENDING: StateEnum.PENDING,
  STARTED: StateEnum.STARTED,
  DROPPED: StateEnum.DROPPED,
  FAILED: StateEnum.FAILED,
};

export const EDGE_KINDS: Readonly<Record<SignalEdge['kind'], SignalEdgeKind>> = {
  STEP: SignalEdgeKind.STEP,
  TRIGGER: SignalEdgeKind.TRIGGER,
};

/** firingStatesOf are the states that a filter names; unknown ones of newer callers match nothing. */
export function firingStatesOf(states: readonly StateEnum[]): readonly FiringState[] {
  return Object.entries(STATES).flatMap(([state, number]) => (states.includes(number) ? [state as FiringState] : []));
}

export function firingToProto(firing: Firing): FiringMessage {
  return create(FiringSchema, {
    firingId: firing.firingId,
    workflowId: firing.workflowId,
    triggerUuid: firing.uuid,
    signalIds: { ...firing.signalIds },
    state: STATES[firing.state],
    detail: firing.detail ?? '',
    workflowInstanceId: firing.started?.instanceId ?? 0n,
    workflowRunId: firing.started?.runId ?? 0n,
    fireTime: BigInt(firing.fireTime),
    settleTime: BigInt(firing.settleTime ?? 0),
  });
}

export function subscribedToProto({ uuid, trigger, subscribeTime, gathered }: LiveTrigger): SubscribedTrigger {
  return create(SubscribedTriggerSchema, {
    triggerUuid: uuid,
    trigger: signalTriggerToProto(trigger),
    subscribeTime: BigInt(subscribeTime),
    gathered,
  });
}

export function tracedToProto({ step, dependency }: TracedDependency): TracedDependencyMessage {
  const dependencyMessage = awaitedSignalToProto(dependency);
  return create(TracedDependencySchema, { step: signalStepToProto(step), dependency: dependencyMessage });
}
