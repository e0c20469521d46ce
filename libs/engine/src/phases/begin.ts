import { isRetryableStep, type FailureClass, type Millis, type StepStatus } from '@maestro/domain';
import { breakpointAt, type Breakpoint } from '../breakpoint.js';
import type { Draft } from '../draft.js';
import { launchIterations } from '../loop/launch-iterations.js';
import { restartPoint } from '../restart/restart-policy.js';
import { awaitSignals } from '../signals/await-signals.js';
import type { StepState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { complete } from './complete.js';
import { skip } from './skip.js';

/**
 * begin creates a step whose predecessors are all complete, or the next attempt of one that failed, or goes on with a step that was
 * resumed, or with a loop that has iterations left to launch; anything else was done before.
 */
export function begin(draft: Draft, ordinal: number, at: Millis): void {
  const latest = draft.step(ordinal);
  if (!latest) first(draft, ordinal, at);
  else if (latest.status === 'RUNNING' && !latest.cancelling) launchIterations(draft, draft.edit(ordinal));
  else if (latest.status === 'PAUSED' && !latest.cancelling) proceed(draft, draft.edit(ordinal), at);
  else if (isRetryableStep(latest.status)) initialize(draft, nextAttempt(draft, latest, at), at);
}

/** A step is satisfied without predecessors, or when at least one of them leads to it (specification §5.1). */
function first(draft: Draft, ordinal: number, at: Millis): void {
  const step = draft.create(ordinal, 1, at);
  const satisfied = draft.planStep(ordinal).predecessors.length === 0 || draft.join(ordinal).satisfied;
  if (isSkipped(draft, ordinal)) skip(draft, step, at);
  else if (satisfied || draft.header.restart?.target === ordinal) initialize(draft, step, at);
  else complete(draft, step, 'UNSATISFIED', [], at);
}

/** Steps that a restart leaves out are SKIPPED at once; their successors go on. */
function isSkipped({ header, plan }: Draft, ordinal: number): boolean {
  if (header.restart === undefined) return false;
  const { config } = header.restart;
  return restartPoint(config).isTarget && config.skipSteps.includes(plan.steps[ordinal]?.id ?? '');
}

const CLASS_OF: Readonly<Partial<Record<StepStatus, FailureClass>>> = {
  USER_FAILED: 'USER',
  PLATFORM_FAILED: 'PLATFORM',
  TIMEOUT_FAILED: 'TIMEOUT',
};

function nextAttempt(draft: Draft, failed: StepState, at: Millis): WorkingStep {
  const step = draft.create(failed.ordinal, failed.attempt + 1, at);
  const failure = CLASS_OF[failed.status] ?? 'PLATFORM';
  step.retries = { ...failed.retries, [failure]: failed.retries[failure] + 1 };
  step.retryLimits = failed.retryLimits;
  step.timeoutMillis = failed.timeoutMillis;
  step.restart = failed.restart;
  step.manualRetries = failed.manualRetries;
  step.signals = failed.signals;
  return step;
}

/** initialize brings a new attempt to where its params are evaluated; it is paused before, where somebody has set a breakpoint. */
export function initialize(draft: Draft, step: WorkingStep, at: Millis): void {
  draft.move(step, 'INITIALIZED', at);
  const { breakpoints, plan, header } = draft;
  const found = breakpointAt(breakpoints, plan, header, draft.planStep(step.ordinal).id);
  if (found) pauseAt(draft, step, found, at);
  else proceed(draft, step, at);
}

function pauseAt(draft: Draft, step: WorkingStep, { createdBy, stepId }: Breakpoint, at: Millis): void {
  draft.move(step, 'PAUSED', at);
  const message = `It is paused by the breakpoint that ${createdBy} has set at ${stepId}.`;
  draft.note({ type: 'ACTION', timestamp: at, action: 'PAUSE', author: createdBy, message }, step);
}

function proceed(draft: Draft, step: WorkingStep, at: Millis): void {
  draft.move(step, 'WAITING_FOR_SIGNALS', at);
  awaitSignals(draft, step, at);
}
