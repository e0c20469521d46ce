import { create } from '@bufbuild/protobuf';
import type { Ancestor, Initiator, ParamValue, ParamValueMap, SignalParamValue } from '@maestro/domain';
import {
  type Ancestor as AncestorMessage,
  type Initiator as InitiatorMessage,
  InitiatorSchema,
  type SignalInitiator as SignalMessage,
  type UpstreamInitiator,
} from '@maestro/proto/maestro/types/v1/instance';
import { SignalParamsSchema } from '@maestro/proto/maestro/types/v1/signal';
import { fieldPath, invalid } from './invalid.js';
import { paramValueFromProto, paramValueToProto } from './param-value.js';
import { mapValues, optionally, present, whenAny, whenText } from './present.js';
import { signalParamsFromProto, signalParamsToProto } from './signal-param-value.js';
import { instantToProto } from './time.js';
import { userFromProto, userToProto } from './user.js';

type Upstream = Extract<Initiator, { readonly depth: number }>;
type Signal = Extract<Initiator, { readonly type: 'SIGNAL' }>;
type KindMessage = InitiatorMessage['kind'];

const UPSTREAM_CASES = {
  SUBWORKFLOW: 'subworkflow',
  FOREACH: 'foreach',
  WHILE: 'while',
  TEMPLATE: 'template',
} as const satisfies Record<Upstream['type'], NonNullable<KindMessage['case']>>;

function ancestorToProto(ancestor: Ancestor): AncestorMessage {
  const { workflowId, instanceId, runId, stepId, stepAttemptId, sync } = ancestor;
  const names = { workflowId, instanceId, runId, stepId, stepAttemptId };
  return { $typeName: 'maestro.types.v1.Ancestor', ...names, ...present({ sync }) };
}

function ancestorFromProto(message: AncestorMessage): Ancestor {
  const { workflowId, instanceId, runId, stepId, stepAttemptId, sync } = message;
  return present({ workflowId, instanceId, runId, stepId, stepAttemptId, sync });
}

function upstreamFromProto(type: Upstream['type'], message: UpstreamInitiator): Upstream {
  return { type, ancestors: message.ancestors.map(ancestorFromProto), depth: message.depth };
}

function signalKind(initiator: Signal): KindMessage {
  const value = {
    $typeName: 'maestro.types.v1.SignalInitiator' as const,
    triggerUuid: initiator.triggerUuid,
    signalIdMap: { ...initiator.signalIdMap },
    ...triggerParamsToProto(initiator.params ?? {}),
    signals: mapValues(initiator.signals ?? {}, (params) =>
      create(SignalParamsSchema, { params: signalParamsToProto(params) }),
    ),
  };
  return { case: 'signal', value };
}

const isComparable = (value: ParamValue): value is SignalParamValue =>
  typeof value === 'string' || typeof value === 'bigint';

/** Texts and whole numbers stand apart, as the params of signals do. */
function triggerParamsToProto(params: ParamValueMap): Pick<SignalMessage, 'params' | 'otherParams'> {
  const entries = Object.entries(params);
  const comparable = entries.flatMap(([name, value]) => (isComparable(value) ? [[name, value] as const] : []));
  const others = entries.filter(([, value]) => !isComparable(value));
  return {
    params: signalParamsToProto(Object.fromEntries(comparable)),
    otherParams: mapValues(Object.fromEntries(others), paramValueToProto),
  };
}

function triggerParamsFromProto({ params, otherParams }: SignalMessage, path: string): ParamValueMap {
  const others = mapValues(otherParams, (value, name) => paramValueFromProto(value, fieldPath(path, name)));
  return { ...signalParamsFromProto(params, path), ...others };
}

function kindToProto(initiator: Initiator): KindMessage {
  switch (initiator.type) {
    case 'MANUAL': {
      const user = optionally(initiator.user, userToProto);
      return { case: 'manual', value: { $typeName: 'maestro.types.v1.ManualInitiator', user } };
    }
    case 'TIME': {
      const { triggerUuid, timezone = '' } = initiator;
      const triggerTime = instantToProto(initiator.triggerTime);
      const value = { $typeName: 'maestro.types.v1.TimeInitiator' as const, triggerUuid, triggerTime, timezone };
      return { case: 'time', value };
    }
    case 'SIGNAL':
      return signalKind(initiator);
    default: {
      const ancestors = initiator.ancestors.map(ancestorToProto);
      const value = { $typeName: 'maestro.types.v1.UpstreamInitiator' as const, ancestors, depth: initiator.depth };
      return { case: UPSTREAM_CASES[initiator.type], value };
    }
  }
}

export function initiatorToProto(initiator: Initiator): InitiatorMessage {
  return create(InitiatorSchema, { kind: kindToProto(initiator) });
}

/** initiatorFromProto: throws INVALID_REQUEST when no kind is set. */
export function initiatorFromProto(message: InitiatorMessage, path = 'initiator'): Initiator {
  const { kind } = message;
  switch (kind.case) {
    case undefined:
      throw invalid(path, 'needs one of manual, time, signal, subworkflow, foreach, while and template');
    case 'manual': {
      const user = optionally(kind.value.user, (given) => userFromProto(given, fieldPath(path, 'user')));
      return present({ type: 'MANUAL' as const, user });
    }
    case 'time': {
      const { triggerUuid, triggerTime, timezone } = kind.value;
      const at = Number(triggerTime);
      return present({ type: 'TIME' as const, triggerUuid, triggerTime: at, timezone: whenText(timezone) });
    }
    case 'signal': {
      const { triggerUuid, signalIdMap } = kind.value;
      const params = whenAny(triggerParamsFromProto(kind.value, fieldPath(path, 'params')));
      const signals = mapValues(kind.value.signals, (each, name) =>
        signalParamsFromProto(each.params, fieldPath(fieldPath(path, 'signals'), name)),
      );
      return present({ type: 'SIGNAL' as const, triggerUuid, signalIdMap, params, signals: whenAny(signals) });
    }
    default:
      return upstreamFromProto(upstreamType(kind.case), kind.value);
  }
}

type UpstreamCase = (typeof UPSTREAM_CASES)[Upstream['type']];
const UPSTREAM_TYPES: Readonly<Record<UpstreamCase, Upstream['type']>> = {
  subworkflow: 'SUBWORKFLOW',
  foreach: 'FOREACH',
  while: 'WHILE',
  template: 'TEMPLATE',
};
const upstreamType = (kind: UpstreamCase): Upstream['type'] => UPSTREAM_TYPES[kind];
