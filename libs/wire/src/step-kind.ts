import type { ForeachStep, LeafStep, Step, StepKind, SubworkflowStep, TemplateStep, WhileStep } from '@maestro/domain';
import type { Step as StepMessage } from '@maestro/proto/maestro/types/v1/step';
import { fieldPath, invalid, required } from './invalid.js';
import { optionally, present, whenText } from './present.js';
import { retryPolicyFromProto, retryPolicyToProto } from './retry.js';

type KindMessage = StepMessage['kind'];
/** StepsToProto converts the body of a loop; passed in, because a step converts its kind and a kind its steps. */
export type StepsToProto = (steps: readonly Step[]) => StepMessage[];
/** StepsFromProto reverses `StepsToProto`. */
export type StepsFromProto = (messages: readonly StepMessage[], path: string) => readonly Step[];

const NAMES = 'maestro.types.v1';

const CASES = {
  step: 'leaf',
  subworkflow: 'subworkflow',
  foreach: 'foreach',
  while: 'while',
  template: 'template',
} as const satisfies Record<StepKind, NonNullable<KindMessage['case']>>;

function leafToProto(step: LeafStep): KindMessage {
  const value = {
    $typeName: `${NAMES}.LeafStep` as const,
    type: step.type,
    subType: step.subType ?? '',
    subTypeVersion: step.subTypeVersion ?? '',
    retryPolicy: optionally(step.retryPolicy, retryPolicyToProto),
  };
  return { case: 'leaf', value };
}

/** stepKindToProto is what the kinds of steps do not share. */
export function stepKindToProto(step: Step, stepsToProto: StepsToProto): KindMessage {
  switch (step.kind) {
    case 'step':
      return leafToProto(step);
    case 'subworkflow': {
      const { sync, explicitParams } = step;
      return { case: 'subworkflow', value: { $typeName: `${NAMES}.SubworkflowStep`, sync, explicitParams } };
    }
    case 'foreach': {
      const { concurrency, strictOrdering } = step;
      const steps = stepsToProto(step.steps);
      return { case: 'foreach', value: { $typeName: `${NAMES}.ForeachStep`, concurrency, strictOrdering, steps } };
    }
    case 'while': {
      const steps = stepsToProto(step.steps);
      return { case: 'while', value: { $typeName: `${NAMES}.WhileStep`, condition: step.condition, steps } };
    }
    case 'template': {
      const { subType = '', subTypeVersion = '' } = step;
      return { case: 'template', value: { $typeName: `${NAMES}.TemplateStep`, subType, subTypeVersion } };
    }
  }
}

/** OwnFields are the fields of a kind of step that other kinds do not have. */
type OwnFields =
  | Omit<LeafStep, CommonField>
  | Omit<SubworkflowStep, CommonField>
  | Omit<ForeachStep, CommonField>
  | Omit<WhileStep, CommonField>
  | Omit<TemplateStep, CommonField>;
type CommonField = Exclude<keyof TemplateStep, 'kind' | 'subType' | 'subTypeVersion'>;

/** stepKindFromProto: throws INVALID_REQUEST when no kind is set, and for a leaf without a type. */
export function stepKindFromProto(kind: KindMessage, path: string, stepsFromProto: StepsFromProto): OwnFields {
  const at = (field: string): string => fieldPath(path, field);
  switch (kind.case) {
    case 'leaf':
      return present({
        kind: 'step' as const,
        type: required(whenText(kind.value.type), at('type')),
        subType: whenText(kind.value.subType),
        subTypeVersion: whenText(kind.value.subTypeVersion),
        retryPolicy: optionally(kind.value.retryPolicy, (policy) => retryPolicyFromProto(policy, at('retry_policy'))),
      });
    case 'subworkflow': {
      const { sync, explicitParams } = kind.value;
      return present({ kind: 'subworkflow' as const, sync, explicitParams });
    }
    case 'foreach': {
      const { concurrency, strictOrdering } = kind.value;
      const steps = stepsFromProto(kind.value.steps, at('steps'));
      return present({ kind: 'foreach' as const, concurrency, strictOrdering, steps });
    }
    case 'while':
      return { kind: 'while', condition: kind.value.condition, steps: stepsFromProto(kind.value.steps, at('steps')) };
    case 'template':
      return present({
        kind: 'template' as const,
        subType: whenText(kind.value.subType),
        subTypeVersion: whenText(kind.value.subTypeVersion),
      });
    case undefined:
      throw invalid(path, `needs a kind: one of ${Object.keys(CASES).join(', ')}`);
  }
}
