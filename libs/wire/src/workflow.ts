import { create } from '@bufbuild/protobuf';
import type { Criticality, Workflow } from '@maestro/domain';
import {
  Criticality as CriticalityEnum,
  type Workflow as WorkflowMessage,
  WorkflowSchema,
} from '@maestro/proto/maestro/types/v1/definition';
import { enumTable } from './enum-table.js';
import { fieldPath } from './invalid.js';
import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';
import { optionalLongFromProto, optionalLongToProto } from './parsable-long.js';
import { optionally, present, whenFilled, whenText } from './present.js';
import { stepsFromProto, stepsToProto } from './step.js';
import { tagsFromProto, tagsToProto } from './tag.js';
import { signalTriggerFromProto, signalTriggerToProto, timeTriggerFromProto, timeTriggerToProto } from './trigger.js';

export const CRITICALITY_TABLE = enumTable<Criticality, CriticalityEnum>({
  CRITICAL: CriticalityEnum.CRITICAL,
  HIGH: CriticalityEnum.HIGH,
  MEDIUM: CriticalityEnum.MEDIUM,
  LOW: CriticalityEnum.LOW,
});

export function workflowToProto(workflow: Workflow): WorkflowMessage {
  return create(WorkflowSchema, {
    id: workflow.id,
    name: workflow.name ?? '',
    description: workflow.description ?? '',
    tags: tagsToProto(workflow.tags),
    timeout: optionalLongToProto(workflow.timeout),
    timeTriggers: (workflow.timeTriggers ?? []).map(timeTriggerToProto),
    signalTriggers: (workflow.signalTriggers ?? []).map(signalTriggerToProto),
    criticality: CRITICALITY_TABLE.toProtoOptional(workflow.criticality),
    instanceStepConcurrency: workflow.instanceStepConcurrency,
    params: optionally(workflow.params, paramDefinitionsToProto),
    steps: stepsToProto(workflow.steps),
  });
}

/** workflowFromProto: throws INVALID_REQUEST with the path below `path` for what breaks the contract. */
export function workflowFromProto(message: WorkflowMessage, path = ''): Workflow {
  const at = (field: string, index?: number): string =>
    index === undefined ? fieldPath(path, field) : fieldPath(fieldPath(path, field), index);
  return present({
    id: message.id,
    name: whenText(message.name),
    description: whenText(message.description),
    tags: tagsFromProto(message.tags, at('tags')),
    timeout: optionalLongFromProto(message.timeout, at('timeout')),
    timeTriggers: whenFilled(
      message.timeTriggers.map((trigger, index) => timeTriggerFromProto(trigger, at('time_triggers', index))),
    ),
    signalTriggers: whenFilled(
      message.signalTriggers.map((trigger, index) => signalTriggerFromProto(trigger, at('signal_triggers', index))),
    ),
    criticality: CRITICALITY_TABLE.fromProtoOptional(message.criticality, at('criticality')),
    instanceStepConcurrency: message.instanceStepConcurrency,
    params: optionally(message.params, (params) => paramDefinitionsFromProto(params, at('params'))),
    steps: stepsFromProto(message.steps, at('steps')),
  });
}
