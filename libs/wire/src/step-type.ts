import { create } from '@bufbuild/protobuf';
import type { UsedStepType, WorkerType } from '@maestro/domain';
import {
  type UsedStepType as UsedStepTypeMessage,
  UsedStepTypeSchema,
} from '@maestro/proto/maestro/types/v1/definition';
import { StepTypeSchema, type StepType as StepTypeMessage } from '@maestro/proto/maestro/types/v1/step_type';
import { fieldPath, required } from './invalid.js';

import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';

export function stepTypeToProto({ params, outputs, ...plain }: WorkerType): StepTypeMessage {
  return create(StepTypeSchema, { ...plain, params: paramDefinitionsToProto(params), outputs: [...outputs] });
}

/** stepTypeFromProto: throws INVALID_REQUEST when a param is not one. */
export function stepTypeFromProto(message: StepTypeMessage, path = ''): WorkerType {
  const { name, version, doc, params, outputs, tenant } = message;
  return {
    name,
    version,
    doc,
    outputs,
    tenant,
    params: params === undefined ? {} : paramDefinitionsFromProto(params, path),
  };
}

export function usedStepTypeToProto({ written, type }: UsedStepType): UsedStepTypeMessage {
  return create(UsedStepTypeSchema, { written, type: stepTypeToProto(type) });
}

/** usedStepTypeFromProto: throws INVALID_REQUEST without a type. */
export function usedStepTypeFromProto({ written, type }: UsedStepTypeMessage, path: string): UsedStepType {
  const at = fieldPath(path, 'type');
  return { written, type: stepTypeFromProto(required(type, at), at) };
}
