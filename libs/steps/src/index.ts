export { type StepType, type StepRunner } from './step-type.js';
export { STEP_TYPES, stepType } from './registry.js';
export { DEFAULT_STATE_EXPR } from './http/http.js';
export { controlFlowDefaults } from './control-flow-defaults.js';
