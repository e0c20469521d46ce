export { worker, type Worker, type WorkerOptions } from './worker.js';
export {
  type ParamDefinition,
  type StepContext,
  type StepFunction,
  type StepTypeDefinition,
  type Value,
  type Values,
} from './step-context.js';
export { FatalError, PlatformError, StepError, TimeoutError, UserError } from './errors.js';
