import type { ParamDefinitions, Step, Workflow } from '@maestro/domain';
import { DEFAULT_PARAMS, mergeDefinitionParams, mergeStepDefinition } from '@maestro/params';
import { controlFlowDefaults, stepType } from '@maestro/steps';

/** stepParams are the params of a step over the defaults of its type, as a start merges them. Throws INVALID_PARAM. */
export function stepParams(step: Step): ParamDefinitions {
  const type = step.kind === 'step' ? stepType(step.type) : undefined;
  const byType = type?.defaultParams ?? controlFlowDefaults(step.kind);
  return mergeStepDefinition({ defaults: DEFAULT_PARAMS.step, byType, definition: step.params ?? {} });
}

/** workflowParams are the params of a workflow over the defaults that they override. Throws INVALID_PARAM. */
export function workflowParams({ params = {} }: Workflow): ParamDefinitions {
  return mergeDefinitionParams(DEFAULT_PARAMS.workflow, params);
}

/** StaticParams are the params of a definition as far as they are known before a start (spec §1.3, enriched). */
export interface StaticParams {
  /** Defaults that the workflow does not override included. */
  readonly workflowParams: ParamDefinitions;
  /** By id of the step, loop bodies included. */
  readonly stepParams: Readonly<Record<string, ParamDefinitions>>;
}

/** staticParams merges the params of a workflow and of all its steps. */
export function staticParams(workflow: Workflow): StaticParams {
  return {
    workflowParams: { ...DEFAULT_PARAMS.workflow, ...workflowParams(workflow) },
    stepParams: Object.fromEntries(
      allSteps(workflow.steps).map((step) => [step.id, { ...DEFAULT_PARAMS.step, ...stepParams(step) }]),
    ),
  };
}

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => ('steps' in step ? [step, ...allSteps(step.steps)] : [step]));
}
