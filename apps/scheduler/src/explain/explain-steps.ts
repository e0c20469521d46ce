import { executorOf, FAILURE_CLASSES, isRetryableStep, type Millis } from '@maestro/domain';
import { describeWaits, type Plan, type PlanStep, type RunState, type StepState, type Wait } from '@maestro/engine';
import type { ExecutorState, PermitPlace, ReadyPlace } from '../ports/wait-reader.js';
import { explainChildren } from './explain-children.js';
import { explainPermit } from './explain-permit.js';
import type { Explained, ExplainedKind } from './explained.js';
import { poolOf, unservedLabels } from '../commit/step-pool.js';
import { poolFacts, poolsOf } from './pool-facts.js';

/** StepsInput is a run that is under way, and what is known outside of the engine. */
export interface StepsInput {
  readonly plan: Plan;
  readonly state: RunState;
  readonly ready: readonly ReadyPlace[];
  readonly permits: readonly PermitPlace[];
  readonly executors: readonly ExecutorState[];
  readonly now: Millis;
}

/** The engine evaluates by itself; to people that is the step being executed. */
const KINDS: Readonly<Record<Wait['kind'], ExplainedKind>> = {
  predecessor: 'PREDECESSOR',
  time: 'TIME',
  permit: 'PERMIT',
  worker: 'WORKER',
  execution: 'EXECUTION',
  cancellation: 'CANCELLATION',
  evaluation: 'EXECUTION',
  children: 'CHILDREN',
  person: 'PERSON',
  signal: 'SIGNAL',
};

/** explainSteps says what the steps wait for: causes first, then the steps that only wait for other steps. */
export function explainSteps(input: StepsInput): readonly Explained[] {
  const waits = describeWaits(input.plan, input.state, input.now);
  const causes = waits.filter(({ kind }) => kind !== 'predecessor');
  const consequences = waits.filter(({ kind }) => kind === 'predecessor');
  return [...causes, ...consequences].map((wait) => explainWait(input, wait));
}

function explainWait(input: StepsInput, wait: Wait): Explained {
  const planStep = input.plan.steps[wait.ordinal];
  const step = input.state.steps.get(wait.ordinal);
  const { since, until, message, remedy } = wait;
  const told: Explained = {
    kind: KINDS[wait.kind],
    ...(planStep === undefined ? {} : { stepId: planStep.id }),
    since,
    ...(until === undefined ? {} : { until }),
    message,
    remedy,
  };
  return planStep === undefined || step === undefined ? told : { ...told, ...known(input, wait, planStep, step) };
}

/** What is known besides the engine's own words. */
function known(input: StepsInput, wait: Wait, planStep: PlanStep, step: StepState): Partial<Explained> {
  if (wait.kind === 'permit') return explainPermit(input.permits, step);
  if (wait.kind === 'children') return explainChildren(input.state.header, planStep, step);
  if (wait.kind === 'worker') return explainWorker(input, planStep, step);
  if (wait.kind === 'execution') return explainHolder(input, wait, step);
  if (wait.kind === 'time' && isRetryableStep(step.status)) return { message: `${wait.message} ${retriesUsed(step)}` };
  return {};
}

function explainWorker(input: StepsInput, planStep: PlanStep, step: StepState): Partial<Explained> {
  const { executors, ready, state, now } = input;
  const { type } = planStep;
  const pool = poolOf(planStep, step, state.header, poolsOf(executors, now));
  const labels = unservedLabels(pool);
  if (labels !== undefined) return explainLabels(labels, type);
  const { serving, slots, freeSlots, nobody } = poolFacts(executors, { pool, type }, now);
  if (nobody !== undefined) {
    return { message: nobody, remedy: `Start an executor of pool ${pool} that takes steps of type ${type}.` };
  }
  const have = `Executors of pool ${pool} that take ${type}: ${serving.length}, with ${freeSlots} of ${slots} slots free`;
  const remedy = `It starts when a slot is free; to have it earlier, add executors to pool ${pool}.`;
  if (step.dispatchedAt !== undefined) {
    const message = `It is in the queue of pool ${pool}, and nobody has claimed it yet (an attempt shorter than 2 s never is). ${have}.`;
    return { message, remedy };
  }
  const place = ready.find(({ ordinal, attempt }) => ordinal === step.ordinal && attempt === step.attempt);
  if (place === undefined) return { message: `It is about to be put into the queue of pool ${pool}. ${have}.`, remedy };
  const message = `The queue of pool ${pool} is full; it waits for room there, as number ${place.ahead + 1n}. ${have}.`;
  return { since: place.since, message, remedy };
}

function explainLabels(labels: readonly string[], type: string): Partial<Explained> {
  const list = labels.join(', ');
  return {
    message: `No pool has executors with labels [${list}]: a pool serves them when all of its executors have them.`,
    remedy: `Start an executor with --executor-labels ${labels.join(',')} that takes steps of type ${type}.`,
  };
}

function explainHolder({ executors, now }: StepsInput, wait: Wait, { claimedBy = '' }: StepState): Partial<Explained> {
  const holder = executors.find(({ executorId }) => executorId === executorOf(claimedBy));
  if (holder === undefined || holder.expiresAt <= now) {
    return {
      message: `${wait.message} That executor does not answer any more: its lease has run out.`,
      remedy: 'Nothing: the attempt is taken for lost within seconds, and is retried as a platform failure.',
    };
  }
  const expires = new Date(holder.expiresAt).toISOString();
  return { message: `${wait.message} It is at ${holder.address}; its lease holds until ${expires} and is renewed.` };
}

function retriesUsed({ retries, retryLimits }: StepState): string {
  const used = FAILURE_CLASSES.map(
    (each) => `${retries[each]} of ${retryLimits?.[each].limit ?? 0} ${each.toLowerCase()} retries`,
  );
  return `Used: ${used.join(', ')}.`;
}
