export { type StepType, type OnExecutorLost, type StepRunner } from './step-type.js';
export { STEP_TYPES, stepType } from './registry.js';
export { DEFAULT_STATE_EXPR } from './http/http.js';
export { controlFlowDefaults } from './control-flow-defaults.js';
export {
  isSecretReference,
  readSecretReference,
  secretProblem,
  writeSecretReference,
  SECRET_SCHEME,
  SECRET_PROVIDERS,
  type SecretProviderName,
  type SecretReference,
} from './secret-reference.js';
export {
  compareVersions,
  mayBeWorkerType,
  splitTypeVersion,
  stepTypesWith,
  workerStepType,
  workerTypeKey,
  workerTypeViolations,
  type TypeVersion,
} from './worker-type.js';
