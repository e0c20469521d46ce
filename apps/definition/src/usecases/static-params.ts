import type { ParamDefinitions, ResolvedTemplate, Step, UsedStepType, Workflow } from '@maestro/domain';
import {
  DEFAULT_PARAMS,
  definedTemplateVersion,
  expandWorkflow,
  mergeDefinitionParams,
  mergeParams,
  mergeStepDefinition,
  TemplateBook,
  templateVersion,
  type ExpandedWorkflow,
} from '@maestro/params';
import { controlFlowDefaults, stepType, stepTypesWith } from '@maestro/steps';

/**
 * stepParams are the params of a step over those of its job template and the defaults of its type, as a start merges them; `find` knows the
 * types of workers, too. Throws INVALID_PARAM.
 */
export function stepParams(
  step: Step,
  template: ParamDefinitions = {},
  find: typeof stepType = stepType,
): ParamDefinitions {
  const type = step.kind === 'step' ? find(step.type) : undefined;
  const byType = type?.defaultParams ?? controlFlowDefaults(step.kind);
  return mergeStepDefinition({ defaults: DEFAULT_PARAMS.step, byType, template, definition: step.params ?? {} });
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

/**
 * staticParams merges the params of a workflow and of all its steps, those of job templates included, as far as the definition says which
 * version holds; template steps are shown by the steps in their place.
 */
export function staticParams(
  pushed: Workflow,
  templates: readonly ResolvedTemplate[] = [],
  used: readonly UsedStepType[] = [],
): StaticParams {
  const find = stepTypesWith(new Map(used.map(({ written, type }) => [written, type])));
  const book = new TemplateBook(templates);
  const expanded = expandWorkflow(pushed, book);
  const { workflow } = expanded;
  const templateOf = (step: Step): ParamDefinitions => templateParamsOf(step, expanded, book);
  return {
    workflowParams: { ...DEFAULT_PARAMS.workflow, ...workflowParams(workflow) },
    stepParams: Object.fromEntries(
      allSteps(workflow.steps).map((step) => [
        step.id,
        { ...DEFAULT_PARAMS.step, ...stepParams(step, templateOf(step), find) },
      ]),
    ),
  };
}

/** Without a run no workflow params are merged into them. */
function templateParamsOf(step: Step, { workflow, origins }: ExpandedWorkflow, book: TemplateBook): ParamDefinitions {
  const around = origins.get(step.id)?.templates ?? [];
  const jobType = step.kind === 'step' ? step.subType : undefined;
  const version = templateVersion(
    step.kind === 'step' ? step : { kind: 'step' },
    definedTemplateVersion(workflow.params),
  );
  const own = jobType === undefined ? undefined : book.find(jobType, version).template;
  return [...around, ...(own === undefined ? [] : [own])].reduce<ParamDefinitions>(
    (base, { params }) => mergeParams(base, params, { source: 'TEMPLATE_SCHEMA' }),
    {},
  );
}

function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => ('steps' in step ? [step, ...allSteps(step.steps)] : [step]));
}
