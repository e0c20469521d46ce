import type { JsonObject } from '@maestro/domain';
import { signalTriggersToJson } from '@maestro/dsl';
import {
  FiringState,
  SignalEdgeKind,
  type Firing,
  type GetSignalGraphResponse,
  type SubscribedTrigger,
  type TracedDependency,
  type TraceRunResponse,
  type TraceSignalResponse,
} from '@maestro/proto/maestro/signal/v1/lineage_service';
import { optionally } from '../present.js';
import { signalTriggerFromProto } from '../trigger.js';
import { instantJson, jsonFields, textJson } from './fields.js';
import { signalInstanceToJson, signalStepToJson } from './signal.js';
import { awaitedToJson } from './step-signals.js';

const STATES: Readonly<Record<FiringState, string>> = {
  [FiringState.UNSPECIFIED]: 'UNSPECIFIED',
  [FiringState.PENDING]: 'PENDING',
  [FiringState.STARTED]: 'STARTED',
  [FiringState.DROPPED]: 'DROPPED',
  [FiringState.FAILED]: 'FAILED',
};

const EDGE_KINDS: Readonly<Record<SignalEdgeKind, string>> = {
  [SignalEdgeKind.UNSPECIFIED]: 'UNSPECIFIED',
  [SignalEdgeKind.STEP]: 'STEP',
  [SignalEdgeKind.TRIGGER]: 'TRIGGER',
};

/** FIRING_STATE_NAMES are the states of a firing as the API writes them. */
export const FIRING_STATE_NAMES: ReadonlyMap<string, FiringState> = new Map(
  Object.entries(STATES)
    .filter(([, name]) => name !== 'UNSPECIFIED')
    .map(([state, name]) => [name, Number(state) as FiringState]),
);

/** firingToJson: a trigger that fired, and what became of it. */
export function firingToJson(message: Firing): JsonObject {
  return jsonFields({
    firing_id: message.firingId,
    workflow_id: message.workflowId,
    trigger_uuid: message.triggerUuid,
    signal_id_map: { ...message.signalIds },
    state: STATES[message.state],
    detail: textJson(message.detail),
    workflow_instance_id: instantJson(message.workflowInstanceId),
    workflow_run_id: instantJson(message.workflowRunId),
    fire_time: instantJson(message.fireTime),
    settle_time: instantJson(message.settleTime),
  });
}

/** signalTraceToJson: who announced a signal, which steps it freed, what it started. */
export function signalTraceToJson(message: TraceSignalResponse): JsonObject {
  return jsonFields({
    signal: optionally(message.signal, signalInstanceToJson),
    freed: message.freed.map(({ step, matchTime }) =>
      jsonFields({ step: optionally(step, signalStepToJson), match_time: instantJson(matchTime) }),
    ),
    fired: message.fired.map(firingToJson),
  });
}

function tracedToJson({ step, dependency }: TracedDependency): JsonObject {
  return jsonFields({ step: optionally(step, signalStepToJson), dependency: optionally(dependency, awaitedToJson) });
}

/** runTraceToJson: what a run has to do with signals. */
export function runTraceToJson(message: TraceRunResponse): JsonObject {
  return jsonFields({
    started_by: optionally(message.startedBy, firingToJson),
    consumed: message.consumed.map(tracedToJson),
    awaited: message.awaited.map(tracedToJson),
    emitted: message.emitted.map(signalInstanceToJson),
  });
}

/** signalGraphToJson: workflows and the signals between them; an edge without `from` comes from outside. */
export function signalGraphToJson(message: GetSignalGraphResponse): JsonObject {
  return {
    workflow_ids: message.workflowIds,
    edges: message.edges.map(({ from, signal, to, kind }) =>
      jsonFields({ from: textJson(from), signal, to, kind: EDGE_KINDS[kind] }),
    ),
    truncated: message.truncated,
  };
}

/** subscribedTriggerToJson: a signal trigger as its definition has it, and how it stands. */
export function subscribedTriggerToJson(message: SubscribedTrigger): JsonObject {
  const trigger = optionally(message.trigger, (each) => signalTriggerFromProto(each));
  return jsonFields({
    trigger_uuid: message.triggerUuid,
    trigger: optionally(trigger, (each) => signalTriggersToJson([each])[0]),
    subscribe_time: instantJson(message.subscribeTime),
    gathered: message.gathered,
  });
}
