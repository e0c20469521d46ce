export type { Edge, Plan, PlanStep } from './plan.js';
export type {
  Cancelling,
  Ending,
  JoinState,
  RetryClassLimits,
  RetryCounts,
  RetryLimits,
  RunHeader,
  RunState,
  StepState,
  StepTimes,
} from './state.js';
export {
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  type DispatchRef,
  type EngineEvent,
  type EngineEventType,
  type EvaluationResult,
} from './event.js';
export type { Command, Decision, RunChange, TimelineEntry, Verdict } from './decision.js';
export { answerEvaluation } from './answer-evaluation.js';
export { compilePlan, type PlanInput } from './compile-plan.js';
export { createRun, type Creation, type RunRequest } from './create-run.js';
export { decide } from './decide.js';
export { describeWaits, WAIT_KINDS, type Wait, type WaitKind } from './describe-waits.js';
export { applyChange, emptyState, restoreState } from './run-state.js';
export { runtimeOverview, type OverviewStep, type RuntimeOverview, type StatusOverview } from './runtime-overview.js';
export { CANCEL_REPEAT_MILLIS, CERTAIN_AFTER_MILLIS, EVALUATION_REPEAT_MILLIS, TRANSITION_BUDGET } from './timing.js';
export { RUN_TRANSITIONS, STEP_TRANSITIONS } from './transitions.js';
