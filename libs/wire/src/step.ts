import { create } from '@bufbuild/protobuf';
import type { FailureMode, Step, Transition } from '@maestro/domain';
import {
  FailureMode as FailureModeEnum,
  type Step as StepMessage,
  StepSchema,
  type Transition as TransitionMessage,
  TransitionSchema,
} from '@maestro/proto/maestro/types/v1/step';
import { enumTable } from './enum-table.js';
import { fieldPath } from './invalid.js';
import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';
import { optionalLongFromProto, optionalLongToProto } from './parsable-long.js';
import { optionally, present, whenAny, whenFilled, whenText } from './present.js';
import {
  signalDependencyFromProto,
  signalDependencyToProto,
  signalOutputFromProto,
  signalOutputToProto,
} from './signal.js';
import { stepKindFromProto, stepKindToProto } from './step-kind.js';
import { tagsFromProto, tagsToProto } from './tag.js';

export const FAILURE_MODE_TABLE = enumTable<FailureMode, FailureModeEnum>({
  FAIL_IMMEDIATELY: FailureModeEnum.FAIL_IMMEDIATELY,
  FAIL_AFTER_RUNNING: FailureModeEnum.FAIL_AFTER_RUNNING,
  IGNORE_FAILURE: FailureModeEnum.IGNORE_FAILURE,
});

export function transitionToProto(transition: Transition): TransitionMessage {
  const successors = Object.entries(transition.successors ?? {});
  return create(TransitionSchema, {
    predecessors: [...(transition.predecessors ?? [])],
    successors: successors.map(([stepId, condition]) => ({ stepId, condition })),
  });
}

/** transitionFromProto: an edge without a condition is unconditional. */
export function transitionFromProto(message: TransitionMessage): Transition {
  const successors = message.successors.map(({ stepId, condition }) => [stepId, condition || 'true'] as const);
  return present({
    predecessors: whenFilled(message.predecessors),
    successors: whenAny(Object.fromEntries(successors)),
  });
}

export function stepToProto(step: Step): StepMessage {
  return create(StepSchema, {
    id: step.id,
    name: step.name ?? '',
    description: step.description ?? '',
    transition: optionally(step.transition, transitionToProto),
    failureMode: FAILURE_MODE_TABLE.toProtoOptional(step.failureMode),
    tags: tagsToProto(step.tags),
    timeout: optionalLongToProto(step.timeout),
    signalDependencies: (step.signalDependencies ?? []).map(signalDependencyToProto),
    signalOutputs: (step.signalOutputs ?? []).map(signalOutputToProto),
    params: optionally(step.params, paramDefinitionsToProto),
    kind: stepKindToProto(step, stepsToProto),
  });
}

/** stepFromProto: throws INVALID_REQUEST for a step without a kind and for unknown words. */
export function stepFromProto(message: StepMessage, path = ''): Step {
  const at = (field: string): string => fieldPath(path, field);
  const common = present({
    id: message.id,
    name: whenText(message.name),
    description: whenText(message.description),
    transition: optionally(message.transition, transitionFromProto),
    failureMode: FAILURE_MODE_TABLE.fromProtoOptional(message.failureMode, at('failure_mode')),
    tags: tagsFromProto(message.tags, at('tags')),
    timeout: optionalLongFromProto(message.timeout, at('timeout')),
    signalDependencies: whenFilled(
      message.signalDependencies.map((each, index) =>
        signalDependencyFromProto(each, fieldPath(at('signal_dependencies'), index)),
      ),
    ),
    signalOutputs: whenFilled(
      message.signalOutputs.map((each, index) => signalOutputFromProto(each, fieldPath(at('signal_outputs'), index))),
    ),
    params: optionally(message.params, (params) => paramDefinitionsFromProto(params, at('params'))),
  });
  return { ...common, ...stepKindFromProto(message.kind, path, stepsFromProto) };
}

export function stepsToProto(steps: readonly Step[]): StepMessage[] {
  return steps.map(stepToProto);
}

/** stepsFromProto: as `stepFromProto`, item by item. */
export function stepsFromProto(messages: readonly StepMessage[], path: string): readonly Step[] {
  return messages.map((message, index) => stepFromProto(message, fieldPath(path, index)));
}
