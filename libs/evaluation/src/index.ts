export {
  type CheckTask,
  type ConditionAnswer,
  type ConditionsTask,
  type DefinitionChecker,
  type DryRunTask,
  type Evaluator,
  type ExpressionAnswer,
  type ExpressionTask,
  type ParamsAnswer,
  type ParamsTask,
} from './task.js';
export { type LaterPorts } from './scope-data.js';
export { inPlaceFirst } from './in-place-first.js';
export { EvaluationPool, type EvaluationPoolOptions } from './evaluation-pool.js';
