import type { Millis } from '@maestro/domain';
import type { Command, Decision, RunChange } from '../decision.js';
import { Draft } from '../draft.js';
import { start } from '../phases/start.js';
import type { Plan } from '../plan.js';
import type { StepState } from '../state.js';

export type RequestPermits = Extract<Command, { type: 'request-permits' }>;

/** startsAtOnce: all that a grant does to the attempt is to hand it out, so that it needs no decision of its own. */
export function startsAtOnce(plan: Plan, { ordinal }: Pick<RequestPermits, 'ordinal'>): boolean {
  return plan.steps[ordinal]?.runs === 'dispatched';
}

/**
 * grantPermits goes on with attempts whose permits were free when their own decision came to be committed: the same as `permits-granted`
 * in a decision that follows at once. Only for attempts that `startsAtOnce`.
 */
export function grantPermits(
  plan: Plan,
  { change, commands }: { readonly change: RunChange; readonly commands: readonly Command[] },
  granted: readonly RequestPermits[],
  at: Millis,
): { readonly change: RunChange; readonly commands: readonly Command[] } {
  if (granted.length === 0) return { change, commands };
  const steps = new Map(change.steps.map((step) => [step.ordinal, step]));
  const draft = new Draft(plan, { header: change.header, steps, joins: new Map(), underWay: new Set() });
  for (const { ordinal } of granted) start(draft, draft.edit(ordinal), at);
  const left = commands.filter((command) => !granted.some((each) => each === command));
  return { change: merged(change, draft.change()), commands: [...left, ...draft.commands] };
}

function merged(before: RunChange, after: Decision['change']): RunChange {
  if (after === undefined) return before;
  const changed = new Map(after.steps.map((step) => [keyOf(step), step]));
  const dueAt = Math.min(before.dueAt ?? Infinity, after.dueAt ?? Infinity);
  return {
    header: after.header,
    steps: before.steps.map((step) => changed.get(keyOf(step)) ?? step),
    timeline: [...before.timeline, ...after.timeline],
    ...(dueAt === Infinity ? {} : { dueAt }),
  };
}

const keyOf = ({ ordinal, attempt }: StepState): string => `${ordinal}/${attempt}`;
