import { create } from '@bufbuild/protobuf';
import type {
  AnnouncedSignal,
  AwaitedSignal,
  SignalDependencyStatus,
  SignalMatches,
  StepSignals,
} from '@maestro/domain';
import {
  type AnnouncedSignal as AnnouncedSignalMessage,
  AnnouncedSignalSchema,
  type AwaitedSignal as AwaitedSignalMessage,
  AwaitedSignalSchema,
  SignalDependencyStatus as StatusEnum,
  type SignalMatch as SignalMatchMessage,
  SignalMatchSchema,
  type StepSignals as StepSignalsMessage,
  StepSignalsSchema,
} from '@maestro/proto/maestro/types/v1/signal';
import { enumTable } from './enum-table.js';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import { mapValues, optionally, present } from './present.js';
import { MATCH_OPERATOR_TABLE } from './signal.js';
import {
  signalParamsFromProto,
  signalParamsToProto,
  signalParamValueFromProto,
  signalParamValueToProto,
} from './signal-param-value.js';
import { instantFromProto, instantToProto } from './time.js';

export const SIGNAL_DEPENDENCY_STATUS_TABLE = enumTable<SignalDependencyStatus, StatusEnum>({
  PENDING: StatusEnum.PENDING,
  MATCHED: StatusEnum.MATCHED,
  SKIPPED: StatusEnum.SKIPPED,
  CANCELED: StatusEnum.CANCELED,
  FAILED: StatusEnum.FAILED,
});

/** signalMatchesToProto: comparisons of a signal's params with values. */
export function signalMatchesToProto(matches: SignalMatches): Record<string, SignalMatchMessage> {
  return mapValues(matches, ({ value, operator }) =>
    create(SignalMatchSchema, {
      value: signalParamValueToProto(value),
      operator: MATCH_OPERATOR_TABLE.toProto(operator),
    }),
  );
}

/** signalMatchesFromProto: throws INVALID_REQUEST for a comparison without value or operator. */
export function signalMatchesFromProto(
  messages: Readonly<Record<string, SignalMatchMessage>>,
  path = 'match_params',
): SignalMatches {
  return mapValues(messages, ({ value, operator }, name) => {
    const at = fieldPath(path, name);
    return {
      value: signalParamValueFromProto(required(value, at), at),
      operator: MATCH_OPERATOR_TABLE.fromProto(operator, fieldPath(at, 'operator')),
    };
  });
}

export function awaitedSignalToProto(awaited: AwaitedSignal): AwaitedSignalMessage {
  return create(AwaitedSignalSchema, {
    name: awaited.name,
    matchParams: signalMatchesToProto(awaited.matchParams),
    since: instantToProto(awaited.since),
    latest: awaited.latest ?? false,
    status: SIGNAL_DEPENDENCY_STATUS_TABLE.toProto(awaited.status),
    signalId: awaited.signalId ?? 0n,
    params: signalParamsToProto(awaited.params ?? {}),
  });
}

/** awaitedSignalFromProto: throws INVALID_REQUEST for an unknown status or an incomplete comparison. */
export function awaitedSignalFromProto(message: AwaitedSignalMessage, path = ''): AwaitedSignal {
  const isMatched = message.signalId !== 0n;
  return present({
    name: message.name,
    matchParams: signalMatchesFromProto(message.matchParams, fieldPath(path, 'match_params')),
    since: instantFromProto(message.since),
    latest: message.latest || undefined,
    status: SIGNAL_DEPENDENCY_STATUS_TABLE.fromProto(message.status, fieldPath(path, 'status')),
    signalId: isMatched ? message.signalId : undefined,
    params: isMatched ? signalParamsFromProto(message.params, fieldPath(path, 'params')) : undefined,
  });
}

export function announcedSignalToProto(announced: AnnouncedSignal): AnnouncedSignalMessage {
  return create(AnnouncedSignalSchema, {
    name: announced.name,
    params: signalParamsToProto(announced.params),
    payload: optionally(announced.payload, jsonObjectToProto),
    signalId: announced.signalId ?? 0n,
    announceTime: instantToProto(announced.announceTime),
  });
}

/** announcedSignalFromProto: throws INVALID_REQUEST for a param without a value. */
export function announcedSignalFromProto(message: AnnouncedSignalMessage, path = ''): AnnouncedSignal {
  return present({
    name: message.name,
    params: signalParamsFromProto(message.params, fieldPath(path, 'params')),
    payload: optionally(message.payload, jsonObjectFromProto),
    signalId: message.signalId === 0n ? undefined : message.signalId,
    announceTime: instantFromProto(message.announceTime),
  });
}

export function stepSignalsToProto(signals: StepSignals): StepSignalsMessage {
  return create(StepSignalsSchema, {
    dependencies: (signals.dependencies ?? []).map(awaitedSignalToProto),
    info: signals.info ?? '',
    outputs: (signals.outputs ?? []).map(announcedSignalToProto),
  });
}
