import { create } from '@bufbuild/protobuf';
import type {
  MatchOperator,
  SignalDependency,
  SignalInstance,
  SignalMatchParam,
  SignalOutput,
  SignalStep,
} from '@maestro/domain';
import {
  MatchOperator as MatchOperatorEnum,
  type SignalDependency as SignalDependencyMessage,
  SignalDependencySchema,
  type SignalInstance as SignalInstanceMessage,
  SignalInstanceSchema,
  type SignalMatchParam as SignalMatchParamMessage,
  SignalMatchParamSchema,
  type SignalOutput as SignalOutputMessage,
  SignalOutputSchema,
  type SignalStep as SignalStepMessage,
  SignalStepSchema,
} from '@maestro/proto/maestro/types/v1/signal';
import { enumTable } from './enum-table.js';
import { fieldPath, required } from './invalid.js';
import { jsonObjectFromProto, jsonObjectToProto } from './json.js';
import {
  paramDefinitionFromProto,
  paramDefinitionToProto,
  paramDefinitionsFromProto,
  paramDefinitionsToProto,
} from './param-definition.js';
import { mapValues, optionally, present, whenAny, whenText } from './present.js';
import { signalParamsFromProto, signalParamsToProto } from './signal-param-value.js';
import { instantFromProto, instantToProto } from './time.js';

export const MATCH_OPERATOR_TABLE = enumTable<MatchOperator, MatchOperatorEnum>({
  '=': MatchOperatorEnum.EQUAL,
  '>': MatchOperatorEnum.GREATER,
  '>=': MatchOperatorEnum.GREATER_OR_EQUAL,
  '<': MatchOperatorEnum.LESS,
  '<=': MatchOperatorEnum.LESS_OR_EQUAL,
});

function matchParamToProto(match: SignalMatchParam): SignalMatchParamMessage {
  return create(SignalMatchParamSchema, {
    param: paramDefinitionToProto(match.param),
    operator: MATCH_OPERATOR_TABLE.toProto(match.operator),
  });
}

function matchParamFromProto(message: SignalMatchParamMessage, path: string): SignalMatchParam {
  const at = fieldPath(path, 'param');
  return {
    param: paramDefinitionFromProto(required(message.param, at), at),
    operator: MATCH_OPERATOR_TABLE.fromProto(message.operator, fieldPath(path, 'operator')),
  };
}

export function signalDependencyToProto(dependency: SignalDependency): SignalDependencyMessage {
  return create(SignalDependencySchema, {
    name: dependency.name,
    matchParams: mapValues(dependency.matchParams ?? {}, matchParamToProto),
    since: dependency.since ?? '',
    latest: dependency.latest ?? false,
  });
}

/** signalDependencyFromProto: throws INVALID_REQUEST for a match param without param or operator. */
export function signalDependencyFromProto(message: SignalDependencyMessage, path = ''): SignalDependency {
  const matchParams = mapValues(message.matchParams, (match, name) =>
    matchParamFromProto(match, fieldPath(fieldPath(path, 'match_params'), name)),
  );
  const { name, since, latest } = message;
  return present({ name, matchParams: whenAny(matchParams), since: whenText(since), latest: latest || undefined });
}

export function signalOutputToProto(output: SignalOutput): SignalOutputMessage {
  return create(SignalOutputSchema, {
    name: output.name,
    params: optionally(output.params, paramDefinitionsToProto),
    payload: optionally(output.payload, jsonObjectToProto),
  });
}

/** signalOutputFromProto: throws INVALID_REQUEST for an unreadable param. */
export function signalOutputFromProto(message: SignalOutputMessage, path = ''): SignalOutput {
  return present({
    name: message.name,
    params: optionally(message.params, (params) => paramDefinitionsFromProto(params, fieldPath(path, 'params'))),
    payload: optionally(message.payload, jsonObjectFromProto),
  });
}

export function signalInstanceToProto(signal: SignalInstance): SignalInstanceMessage {
  return create(SignalInstanceSchema, {
    name: signal.name,
    seqId: signal.seqId,
    instanceId: signal.instanceId,
    params: signalParamsToProto(signal.params),
    payload: jsonObjectToProto(signal.payload),
    requestTime: instantToProto(signal.requestTime),
    createTime: instantToProto(signal.createTime),
    source: optionally(signal.source, signalStepToProto),
  });
}

export function signalStepToProto(step: SignalStep): SignalStepMessage {
  const { workflowId, instanceId, runId, stepId, stepAttemptId, stepInstanceId } = step;
  const names = { workflowId, stepId, stepAttemptId, stepInstanceId };
  return create(SignalStepSchema, { ...names, workflowInstanceId: instanceId, workflowRunId: runId });
}

export function signalStepFromProto(message: SignalStepMessage): SignalStep {
  const { workflowId, workflowInstanceId, workflowRunId, stepId, stepAttemptId, stepInstanceId } = message;
  return {
    workflowId,
    instanceId: workflowInstanceId,
    runId: workflowRunId,
    stepId,
    stepAttemptId,
    stepInstanceId,
  };
}

/** signalInstanceFromProto: throws INVALID_REQUEST for a signal without a name. */
export function signalInstanceFromProto(message: SignalInstanceMessage, path = ''): SignalInstance {
  const payload = optionally(message.payload, jsonObjectFromProto) ?? {};
  return present({
    name: required(whenText(message.name), fieldPath(path, 'name')),
    seqId: message.seqId,
    instanceId: message.instanceId,
    params: signalParamsFromProto(message.params, fieldPath(path, 'params')),
    payload: payload as SignalInstance['payload'],
    requestTime: instantFromProto(message.requestTime),
    createTime: Number(message.createTime),
    source: optionally(message.source, signalStepFromProto),
  });
}
