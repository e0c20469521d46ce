export { checkDefinition, type Definition } from './check/check-definition.js';
export {
  constantProblems,
  constantsDryRun,
  workflowDryRun,
  workflowProblems,
  type DryRun,
  type DryRunOutcome,
} from './check/dry-run.js';
export { allProblems } from './check/all-problems.js';
export { type DefinitionProblem } from './check/problem.js';
export { type DefaultsOf } from './check/step-facts.js';
export { cleanParams } from './clean.js';
export { DEFAULT_PARAMS, defaultsByType, overrideDefaults, type DefaultParams } from './defaults/default-params.js';
export { DefaultsOnDemand, type DefaultsRequest } from './defaults/defaults-on-demand.js';
export { parseDuration } from './duration.js';
export { evaluateCondition, type ConditionOutcome, type EvaluationOptions } from './evaluate-condition.js';
export { environmentAt, evaluateParams, type ParamsOutcome, type ParamsRequest } from './evaluate-params.js';
export {
  evaluateSignalDependency,
  type DependencyOutcome,
  type DependencyRequest,
  type EvaluatedDependency,
} from './evaluate-signal-dependency.js';
export { evaluateParsableLong, type ParsableLongOutcome } from './evaluate-parsable-long.js';
export {
  explainMerge,
  type ExplainedParam,
  type MergeExplanation,
  type MergeLayer,
  type MergeTouch,
} from './explain-merge.js';
export { LimitReached, type Exhausted, type Failed, type ParamViolation } from './failure.js';
export { interpolate, type InterpolateOutcome } from './interpolate.js';
export { interpolateAll, interpolateTags, type TagsOutcome, type TextsOutcome } from './interpolate-all.js';
export { launchContext, stepLaunchContext, type Launch } from './layers/launch-context.js';
export {
  mergeStepDefinition,
  mergeStepParams,
  type StepDefinitionLayers,
  type StepLayers,
} from './layers/merge-step-params.js';
export {
  mergeDefinitionParams,
  mergeRestartParams,
  mergeWorkflowParams,
  type RestartLayers,
  type WorkflowLayers,
} from './layers/merge-workflow-params.js';
export { mergeParams } from './merge.js';
export { type MergeContext } from './merge-permission.js';
export { applyOutputs, type OutputsOutcome, type OutputsRequest } from './outputs/apply-outputs.js';
export { paramValueToJson, paramValueToText } from './param-text.js';
export { paramsToDefinitions } from './params-to-definitions.js';
export { type ParamFunctionPorts, type ParamScope } from './scope.js';
export { expandWorkflow } from './templates/expand-workflow.js';
export { type ExpandedWorkflow, type StepOrigin } from './templates/expanded-workflow.js';
export { mergedTags, resolveTemplate, templateName, type FindTemplate } from './templates/resolve-template.js';
export {
  definedTemplateVersion,
  stepTypeProblem,
  TemplateBook,
  templateVersion,
  type FoundTemplate,
} from './templates/template-book.js';
export { templateParams } from './templates/template-params.js';
