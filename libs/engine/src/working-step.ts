import { isRetryableStep, isTerminalStep, type Millis, type StepStatus } from '@maestro/domain';
import type { StepState, StepTimes } from './state.js';
import { assertStepTransition } from './transitions.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** WorkingStep is an attempt while a decision works on it. All fields are always there, so that all have one shape. */
export type WorkingStep = {
  -readonly [K in keyof Required<StepState>]: K extends 'times' ? Writable<StepTimes> : StepState[K];
};

const NO_RETRIES: StepState['retries'] = { USER: 0, PLATFORM: 0, TIMEOUT: 0 };

const TIME_OF: Readonly<Partial<Record<StepStatus, keyof StepTimes>>> = {
  CREATED: 'create',
  INITIALIZED: 'initialize',
  PAUSED: 'pause',
  WAITING_FOR_SIGNALS: 'waitSignal',
  EVALUATING_PARAMS: 'evaluateParam',
  WAITING_FOR_PERMITS: 'waitPermit',
  STARTING: 'start',
  RUNNING: 'execute',
  FINISHING: 'finish',
};

/** newAttempt is an attempt in status CREATED. */
export function newAttempt(ordinal: number, attempt: number, at: Millis): WorkingStep {
  return {
    ordinal,
    attempt,
    status: 'CREATED',
    dispatch: 0,
    dispatchedAt: undefined,
    pool: undefined,
    claimedBy: undefined,
    cancelling: undefined,
    evaluating: undefined,
    loop: undefined,
    child: undefined,
    signals: undefined,
    unanswered: undefined,
    permits: undefined,
    taken: undefined,
    times: timesOf({ create: at }),
    retries: NO_RETRIES,
    retryLimits: undefined,
    timeoutMillis: undefined,
    dueAt: undefined,
    inherited: undefined,
    reruns: undefined,
    restart: undefined,
    manualRetries: undefined,
    again: undefined,
    params: undefined,
    artifacts: undefined,
  };
}

/** workingCopy lets a decision change an attempt without touching the state that it was given. */
export function workingCopy(step: StepState): WorkingStep {
  return {
    ordinal: step.ordinal,
    attempt: step.attempt,
    status: step.status,
    dispatch: step.dispatch,
    dispatchedAt: step.dispatchedAt,
    pool: step.pool,
    claimedBy: step.claimedBy,
    cancelling: step.cancelling,
    evaluating: step.evaluating,
    loop: step.loop,
    child: step.child,
    signals: step.signals,
    unanswered: step.unanswered,
    permits: step.permits,
    taken: step.taken,
    times: timesOf(step.times),
    retries: step.retries,
    retryLimits: step.retryLimits,
    timeoutMillis: step.timeoutMillis,
    dueAt: step.dueAt,
    inherited: step.inherited,
    reruns: step.reruns,
    restart: step.restart,
    manualRetries: step.manualRetries,
    again: step.again,
    params: step.params,
    artifacts: step.artifacts,
  };
}

function timesOf(times: StepTimes): Writable<StepTimes> {
  return {
    create: times.create,
    initialize: times.initialize,
    pause: times.pause,
    waitSignal: times.waitSignal,
    evaluateParam: times.evaluateParam,
    waitPermit: times.waitPermit,
    start: times.start,
    execute: times.execute,
    finish: times.finish,
    end: times.end,
  };
}

/** enter moves an attempt to another status and notes when. */
export function enter(step: WorkingStep, status: StepStatus, at: Millis): void {
  assertStepTransition(step.status, status);
  step.status = status;
  step.times[TIME_OF[status] ?? 'end'] = at;
}

/** isUnderWay: the step has not come to its final end; a retryable failure is followed by another attempt. */
export function isUnderWay(status: StepStatus): boolean {
  return !isTerminalStep(status) || isRetryableStep(status);
}

/** rest clears what only an attempt under way has: timers, cancels and evaluations. */
export function rest(step: WorkingStep): void {
  step.dueAt = undefined;
  step.evaluating = undefined;
  step.cancelling = undefined;
  step.unanswered = undefined;
  step.again = undefined;
}

/** isHandedOut: executors may know of the attempt, or will as soon as its pool has room. */
export function isHandedOut(step: StepState): boolean {
  const executing = step.status === 'STARTING' || step.status === 'RUNNING';
  return executing && step.dispatch > 0 && step.evaluating === undefined;
}
