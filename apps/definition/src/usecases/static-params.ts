import type { ParamDefinitions, Step, Workflow } from '@maestro/domain';
import { mergeParams } from '@maestro/params';
import { stepType } from '@maestro/steps';

/** stepParams are the params of a step over the defaults of its type, as a start merges them. Throws INVALID_PARAM. */
export function stepParams(step: Step): ParamDefinitions {
  const type = step.kind === 'step' ? stepType(step.type) : undefined;
  const defaults = mergeParams({}, type?.defaultParams ?? {}, { source: 'SYSTEM_DEFAULT' });
  return mergeParams(defaults, step.params ?? {}, { source: 'DEFINITION' });
}

/** StaticParams are the params of a definition as far as they are known before a start (spec §1.3, enriched). */
export interface StaticParams {
  readonly workflowParams: ParamDefinitions;
  /** By id of the step, loop bodies included. */
  readonly stepParams: Readonly<Record<string, ParamDefinitions>>;
}

/** staticParams merges the params of a workflow and of all its steps. */
export function staticParams(workflow: Workflow): StaticParams {
  return {
    workflowParams: mergeParams({}, workflow.params ?? {}, { source: 'DEFINITION' }),
    stepParams: Object.fromEntries(allSteps(workflow.steps).map((step) => [step.id, stepParams(step)])),
  };
}

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => ('steps' in step ? [step, ...allSteps(step.steps)] : [step]));
}
