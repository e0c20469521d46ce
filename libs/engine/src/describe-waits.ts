import { attemptId, executorOf, isRetryableStep, type AwaitedSignal, type Millis } from '@maestro/domain';
import type { Plan, PlanStep } from './plan.js';
import { sleepEnd } from './phases/due.js';
import type { EvaluationPhase, RunState, StepState } from './state.js';
import { isHandedOut } from './working-step.js';

export const WAIT_KINDS = [
  'predecessor',
  'time',
  'permit',
  'worker',
  'execution',
  'cancellation',
  'evaluation',
  'children',
  'person',
  'signal',
] as const;
/** WaitKind is what a run or step can wait for inside the engine; its place in the run strategy's queue is known outside. */
export type WaitKind = (typeof WAIT_KINDS)[number];

/** Wait says why a step is not moving, since when, and what would move it. */
export interface Wait {
  readonly ordinal: number;
  /** Absent while the step has not been created. */
  readonly attempt?: number;
  readonly kind: WaitKind;
  readonly since: Millis;
  /** When it moves by itself at the latest, where that is known. */
  readonly until?: Millis;
  readonly message: string;
  readonly remedy: string;
}

/** describeWaits lists what the steps of a run wait for, in the order of the definition. A run that is not in progress waits for nothing in here. */
export function describeWaits(plan: Plan, state: RunState, now: Millis): readonly Wait[] {
  const { status, startTime, ending } = state.header;
  if (status !== 'IN_PROGRESS' && status !== 'PAUSED') return [];
  return plan.steps.flatMap((planStep): Wait[] => {
    const step = state.steps.get(planStep.ordinal);
    if (step) return state.underWay.has(planStep.ordinal) ? [waitOf(state, planStep, step, now)] : [];
    return ending ? [] : [waitForPredecessors(plan, state, planStep, startTime ?? now)];
  });
}

function waitOf(state: RunState, planStep: PlanStep, step: StepState, now: Millis): Wait {
  const who = { ordinal: step.ordinal, attempt: step.attempt };
  if (step.status === 'PAUSED') return { ...who, ...waitForPerson(step, now) };
  if (isRetryableStep(step.status)) return { ...who, ...waitForRetry(step, now) };
  if (step.cancelling) return { ...who, ...waitForCancel(step, step.cancelling) };
  if (step.evaluating !== undefined) return { ...who, ...waitForEvaluation(step, step.evaluating, now) };
  if (step.unanswered || step.status === 'WAITING_FOR_SIGNALS') return { ...who, ...waitForSignals(step, now) };
  if (step.status === 'WAITING_FOR_PERMITS') return { ...who, ...waitForPermits(step, now) };
  if (planStep.body ?? planStep.sync) return { ...who, ...waitForChildren(planStep, step, now) };
  if (!isHandedOut(step)) return { ...who, ...waitForTime(step, now) };
  const id = attemptId({ runKey: state.header.runKey, ordinal: step.ordinal, attempt: step.attempt });
  return {
    ...who,
    ...(step.claimedBy === undefined ? waitForWorker(planStep, step, now) : waitForEnd(step, step.claimedBy, id, now)),
  };
}

type Reason = Omit<Wait, 'ordinal' | 'attempt'>;

function waitForPerson({ attempt, times }: StepState, now: Millis): Reason {
  return {
    kind: 'person',
    since: times.pause ?? now,
    message: `Attempt ${attempt} is PAUSED at a breakpoint, before it has begun.`,
    remedy: 'Resume or skip the step, or delete the breakpoint and resume what it holds.',
  };
}

function waitForRetry(step: StepState, now: Millis): Reason {
  const until = step.dueAt ?? now;
  const wait = Math.max(0, Math.ceil((until - now) / 1_000));
  return {
    kind: 'time',
    since: step.times.end ?? now,
    until,
    message: `Attempt ${step.attempt} is ${step.status}; the next one follows in ${wait} s.`,
    remedy: 'Wait for the next attempt, or stop the run.',
  };
}

function waitForCancel(step: StepState, { since, reason }: NonNullable<StepState['cancelling']>): Reason {
  const holder = step.claimedBy === undefined ? 'Executors were' : `Executor ${executorOf(step.claimedBy)} was`;
  return {
    kind: 'cancellation',
    since,
    message: `${holder} told to stop the attempt (${reason}); its end is not confirmed yet.${againText(step)}`,
    remedy: 'Nothing: it ends with the confirmation, or when the lease of the executor runs out.',
  };
}

function againText({ again }: StepState): string {
  return again === undefined ? '' : ` ${again.by} wants it to begin again then.`;
}

function waitForEvaluation(step: StepState, phase: EvaluationPhase, now: Millis): Reason {
  const { waitSignal, evaluateParam, finish, create } = step.times;
  const since = finish ?? (phase === 'dependencies' ? waitSignal : evaluateParam) ?? create ?? now;
  const message =
    phase === 'loop' ? 'The condition of its loop is being evaluated.' : `Its ${phase} are being evaluated.`;
  return { kind: 'evaluation', since, message, remedy: 'Nothing; simplify the expressions if it takes long.' };
}

function waitForSignals({ status, signals, times }: StepState, now: Millis): Reason {
  if (status === 'FINISHING') {
    const names = (signals?.outputs ?? []).map(({ name }) => name).join(', ');
    const message = `It has done its work and announces ${names}.`;
    return { kind: 'signal', since: times.finish ?? now, message, remedy: 'Check that the signal service is running.' };
  }
  const missing = (signals?.dependencies ?? []).filter((each) => each.status === 'PENDING');
  return {
    kind: 'signal',
    since: times.waitSignal ?? now,
    message: `It waits for ${missing.map(describeSignal).join(' and ')}.`,
    remedy: 'Announce a signal that matches, or let the step go on without: bypass its dependencies.',
  };
}

/** describeSignal: `orders_ready with day >= 20260101`. */
function describeSignal({ name, matchParams, since }: AwaitedSignal): string {
  const values = Object.entries(matchParams).map(
    ([param, { operator, value }]) => `${param} ${operator} ${String(value)}`,
  );
  const from = since === undefined ? '' : `, announced since ${new Date(since).toISOString()}`;
  return `signal ${name}${values.length === 0 ? '' : ` with ${values.join(', ')}`}${from}`;
}

function waitForPermits({ permits = [], times }: StepState, now: Millis): Reason {
  return {
    kind: 'permit',
    since: times.waitPermit ?? now,
    message: `It waits for permits of ${permits.join(', ')}.`,
    remedy: 'It starts when earlier holders have ended; to have it earlier, raise the limit.',
  };
}

function waitForChildren(planStep: PlanStep, { loop, child, times }: StepState, now: Millis): Reason {
  const since = times.execute ?? now;
  if (planStep.runs === 'subworkflow') {
    const message =
      child === undefined
        ? 'Its run is being started.'
        : `It waits for run ${child.runId} of ${child.workflowId}[${child.instanceId}] to end.`;
    return { kind: 'children', since, message, remedy: 'Explain that run.' };
  }
  const { total, next = 0, running = [] } = loop ?? {};
  const of = total === undefined ? '' : ` of ${total}`;
  const message = `${next - running.length}${of} iterations have ended, ${running.length} are under way.`;
  return { kind: 'children', since, message, remedy: 'Explain one of the iterations under way.' };
}

function waitForTime(step: StepState, now: Millis): Reason {
  const until = Math.min(sleepEnd(step), step.dueAt ?? Infinity);
  const message = `It sleeps for another ${Math.max(0, Math.ceil((until - now) / 1_000))} s.`;
  return { kind: 'time', since: step.times.execute ?? now, until, message, remedy: 'Wait, or stop the run.' };
}

function waitForWorker(planStep: PlanStep, step: StepState, now: Millis): Reason {
  const published = step.dispatchedAt !== undefined;
  return {
    kind: 'worker',
    since: step.dispatchedAt ?? step.times.start ?? now,
    ...until(step),
    message: published
      ? `It was handed to pool ${planStep.pool}; no executor has claimed it yet.`
      : `It waits for room in pool ${planStep.pool}.`,
    remedy: `Check that executors of pool ${planStep.pool} are running and take steps of type ${planStep.type}, or add some.`,
  };
}

function waitForEnd(step: StepState, holder: string, id: string, now: Millis): Reason {
  return {
    kind: 'execution',
    since: step.times.execute ?? now,
    ...until(step),
    message: `Executor ${executorOf(holder)} runs it as attempt ${id}.`,
    remedy: 'Read its log; stop the run if it hangs, and give the step a timeout.',
  };
}

function until(step: StepState): { readonly until?: Millis } {
  return step.dueAt === undefined ? {} : { until: step.dueAt };
}

function waitForPredecessors(plan: Plan, state: RunState, planStep: PlanStep, since: Millis): Wait {
  const arrived = state.joins.get(planStep.ordinal)?.arrived ?? 0;
  const missing = planStep.predecessors.filter((ordinal) => !state.steps.get(ordinal)?.taken);
  const names = missing.map((ordinal) => describe(plan, state, ordinal)).join(', ');
  return {
    ordinal: planStep.ordinal,
    kind: 'predecessor',
    since,
    message: `${arrived} of ${planStep.predecessors.length} predecessors are complete; missing: ${names}.`,
    remedy: 'It begins when all of them are complete; one that has failed for good never will be.',
  };
}

function describe(plan: Plan, state: RunState, ordinal: number): string {
  return `${plan.steps[ordinal]?.id} (${state.steps.get(ordinal)?.status ?? 'NOT_CREATED'})`;
}
