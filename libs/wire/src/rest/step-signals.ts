import type { JsonObject } from '@maestro/domain';
import type { AnnouncedSignal, AwaitedSignal, StepSignals } from '@maestro/proto/maestro/types/v1/signal';
import { jsonObjectFromProto } from '../json.js';
import { mapValues, optionally } from '../present.js';
import { signalParamsFromProto } from '../signal-param-value.js';
import { SIGNAL_DEPENDENCY_STATUS_TABLE, signalMatchesFromProto } from '../step-signals.js';
import { instantJson, jsonFields, textJson } from './fields.js';

/** dependenciesToJson: what an attempt depends on, the shape of §1.10 of Maestro's model; undefined when on nothing. */
export function dependenciesToJson({ dependencies, info }: StepSignals): JsonObject | undefined {
  if (dependencies.length === 0) return undefined;
  return jsonFields({ dependencies: dependencies.map(awaitedToJson), info: textJson(info) });
}

/** awaitedToJson: one dependency of an attempt. */
export function awaitedToJson(message: AwaitedSignal): JsonObject {
  return jsonFields({
    name: message.name,
    status: SIGNAL_DEPENDENCY_STATUS_TABLE.fromProto(message.status, 'status'),
    match_params: mapValues(signalMatchesFromProto(message.matchParams), ({ value, operator }) => ({
      value,
      operator,
    })),
    signal_id: instantJson(message.signalId),
    since: instantJson(message.since),
    latest: message.latest ? true : undefined,
  });
}

/** outputsToJson: what an attempt announces, the shape of §1.10 of Maestro's model; undefined when nothing. */
export function outputsToJson({ outputs }: StepSignals): JsonObject | undefined {
  return outputs.length === 0 ? undefined : { outputs: outputs.map(announcedToJson) };
}

function announcedToJson(message: AnnouncedSignal): JsonObject {
  return jsonFields({
    name: message.name,
    params: signalParamsFromProto(message.params),
    payload: optionally(message.payload, jsonObjectFromProto),
    signal_id: instantJson(message.signalId),
    announce_time: instantJson(message.announceTime),
  });
}
