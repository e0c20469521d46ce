export { cleanParams } from './clean.js';
export { parseDuration } from './duration.js';
export { evaluateCondition, type ConditionOutcome, type EvaluationOptions } from './evaluate-condition.js';
export { evaluateParams, type ParamsOutcome, type ParamsRequest } from './evaluate-params.js';
export { evaluateParsableLong, type ParsableLongOutcome } from './evaluate-parsable-long.js';
export {
  explainMerge,
  type ExplainedParam,
  type MergeExplanation,
  type MergeLayer,
  type MergeTouch,
} from './explain-merge.js';
export { type Exhausted, type Failed, type ParamViolation } from './failure.js';
export { interpolate, type InterpolateOutcome } from './interpolate.js';
export { mergeParams } from './merge.js';
export { type MergeContext } from './merge-permission.js';
export { paramValueToJson, paramValueToText } from './param-text.js';
export { paramsToDefinitions } from './params-to-definitions.js';
export { type ParamFunctionPorts, type ParamScope } from './scope.js';
