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
