export type { Edge, Plan, PlanLimits, PlanStep } from './plan.js';
export type {
  Cancelling,
  ChildState,
  Ending,
  JoinState,
  LeafCounts,
  LoopState,
  ParentRef,
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
  type MatchedSignal,
  type EvaluationResult,
  type RunEvaluationResult,
  type StepAct,
} from './event.js';
export type { Command, Decision, RunChange, TimelineEntry, Verdict } from './decision.js';
export { answerEvaluation, stepEvaluation } from './answer-evaluation.js';
export type { Answered, Asked, AskedCondition, AskedParams, EvaluationTask } from './evaluation-task.js';
export { answerRunEvaluation, runEvaluation } from './run-evaluation.js';
export { compilePlan, type PlanInput } from './compile-plan.js';
export { createRun, type Creation, type RunRequest } from './create-run.js';
export { createRestart, nothingToRestart, type RestartRequest } from './restart/create-restart.js';
export {
  previousRun,
  takenSteps,
  type FoundStep,
  type PreviousRun,
  type PreviousStep,
} from './restart/previous-run.js';
export type { RestartState, RunPointer, StepRestart, TakenStep } from './restart/restart-state.js';
export { stepParamsOf } from './restart/step-params.js';
export { restartedState } from './restart/restarted-state.js';
export { aggregatedStatus } from './restart/aggregate.js';
export { restartPoint, type RestartPoint } from './restart/restart-policy.js';
export { NO_BREAKPOINTS, breakpointAt, type Breakpoint } from './breakpoint.js';
export { bodyOf } from './loop/body-of.js';
export { runsBelow, type RunsBelow } from './loop/runs-below.js';
export { createIteration, sharedParams, type IterationPlace } from './loop/create-iteration.js';
export { KEPT_ITERATIONS } from './loop/kept-iterations.js';
export type { EndedIteration, IterationRerun } from './loop/reruns.js';
export type { RecalledIterations } from './loop/recalled-iterations.js';
export type { IterationsAsk } from './loop/recall-iterations.js';
export { chooseSteps } from './restart/choose-steps.js';
export { addLeaves, leavesOf } from './loop/rollup.js';
export { childRequest, type ChildRequest } from './subworkflow/child-request.js';
export { childFinished } from './finish-run.js';
export { decide, type Launcher } from './decide.js';
export { describeWaits, WAIT_KINDS, type Wait, type WaitKind } from './describe-waits.js';
export { applyChange, emptyState, restoreState } from './run-state.js';
export { runtimeOverview, type OverviewStep, type RuntimeOverview, type StatusOverview } from './runtime-overview.js';
export { CANCEL_REPEAT_MILLIS, CERTAIN_AFTER_MILLIS, EVALUATION_REPEAT_MILLIS, TRANSITION_BUDGET } from './timing.js';
export { RUN_TRANSITIONS, STEP_TRANSITIONS } from './transitions.js';
export { DEFAULT_SETTINGS, type PlanSettings } from './plan-settings.js';
export { stepTags } from './step-tags.js';
export { allWorkflowParams, inheritedParams, workflowParamsScope } from './workflow-defaults.js';
export { grantPermits, startsAtOnce, type RequestPermits } from './permits/grant-permits.js';
export { NO_LIMITS, workflowTag, type IsLimited, type PermitTag } from './permits/permit-tags.js';
export { loopPath, stepIdsOf, type LoopPath } from './views/loop-path.js';
export { rankOf, readRank } from './views/rank.js';
export { representativeStatus } from './views/representative.js';
export {
  compareRuns,
  type ParamDifference,
  type RunComparison,
  type RunSide,
  type SideSummary,
  type StepComparison,
  type StepSide,
} from './views/compare-runs.js';
export { runsUnderWay, type RunsUnderWay } from './views/runs-under-way.js';
export { runStatusEvents, stepStatusEvents, withStatusEvents } from './views/status-events.js';
