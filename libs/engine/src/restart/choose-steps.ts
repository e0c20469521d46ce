import { isCompleteStep } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { PreviousRun, PreviousStep } from './previous-run.js';
import { childBefore } from './restart-below.js';
import type { RestartPoint } from './restart-policy.js';
import type { RestartState, TakenStep } from './restart-state.js';

/** ChosenSteps is which steps of an instance run again, and which are taken over. */
export type ChosenSteps = Pick<RestartState, 'target' | 'roots' | 'inherited' | 'left' | 'children' | 'matched'>;

/**
 * chooseSteps: from the beginning everything runs again; from what is incomplete, that and everything it leads to; from a specific step,
 * that and everything it leads to, whatever else is incomplete (specification §6.3). The step must be one of the plan.
 */
export function chooseSteps(plan: Plan, previous: PreviousRun, { policy, stepId }: RestartPoint): ChosenSteps {
  const known = (ordinal: number): PreviousStep | undefined => knownStep(plan, previous, ordinal);
  if (policy === 'RESTART_FROM_BEGINNING') {
    const all = plan.nested.map(({ ordinal }) => ordinal);
    const matched = matchedOf(
      plan,
      previous,
      plan.steps.map(({ ordinal }) => ordinal),
    );
    return { roots: plan.roots, inherited: [], left: [], children: childrenOf(plan, previous, all), matched };
  }
  const target = stepId === undefined ? undefined : plan.ordinals.get(stepId);
  const begin = target === undefined ? incomplete(plan, previous, known) : [target];
  const again = reachable(plan, begin);
  const roots = begin.filter((ordinal) => plan.steps[ordinal]?.predecessors.every((before) => !again.has(before)));
  const others = plan.steps.flatMap(({ ordinal }) => {
    const step = again.has(ordinal) ? undefined : known(ordinal);
    return step === undefined ? [] : [{ step, pointer: pointerTo(plan, previous, ordinal, step) }];
  });
  const isDone = ({ step }: { readonly step: PreviousStep }): boolean => isCompleteStep(step.step.status);
  return {
    ...(target === undefined ? {} : { target }),
    roots,
    children: childrenOf(plan, previous, [...again]),
    matched: matchedOf(plan, previous, [...again]),
    inherited: others.filter(isDone).map(({ pointer }) => pointer),
    left: others.filter((each) => !isDone(each)).map(({ pointer }) => pointer),
  };
}

/** What subworkflow steps had started before, in any earlier run. */
function childrenOf(plan: Plan, previous: PreviousRun, again: readonly number[]): RestartState['children'] {
  const children = again.flatMap((ordinal) => {
    const there = ordinalThere(plan, previous.plan, ordinal);
    if (plan.steps[ordinal]?.runs !== 'subworkflow' || there === undefined) return [];
    const step = previous.steps.get(there)?.step;
    const child = step?.child ?? childBefore(previous.header, { ordinal: there, restart: step?.restart });
    return child === undefined ? [] : [{ ordinal, child }];
  });
  return children.length === 0 ? undefined : children;
}

/** Signals that freed steps of an earlier run (part 2, §3.4). */
function matchedOf(plan: Plan, previous: PreviousRun, again: readonly number[]): RestartState['matched'] {
  const matched = again.flatMap((ordinal) => {
    const there = ordinalThere(plan, previous.plan, ordinal);
    const signals = there === undefined ? undefined : previous.steps.get(there)?.step.signals;
    const dependencies = signals?.dependencies?.filter(({ status }) => status === 'MATCHED') ?? [];
    return dependencies.length === 0 ? [] : [{ ordinal, dependencies }];
  });
  return matched.length === 0 ? undefined : matched;
}

function incomplete(plan: Plan, previous: PreviousRun, known: (ordinal: number) => PreviousStep | undefined): number[] {
  const isDone = (ordinal: number): boolean => {
    const step = known(ordinal);
    return step !== undefined && isCompleteStep(step.step.status) && isSameStep(plan, previous.plan, ordinal);
  };
  return plan.steps.map(({ ordinal }) => ordinal).filter((ordinal) => !isDone(ordinal));
}

/** The steps themselves and all that come after them. */
function reachable(plan: Plan, begin: readonly number[]): ReadonlySet<number> {
  const found = new Set(begin);
  for (const ordinal of found) for (const { to } of plan.steps[ordinal]?.successors ?? []) found.add(to);
  return found;
}

/** In another version steps are found again by their ids. */
function ordinalThere(plan: Plan, before: Plan, ordinal: number): number | undefined {
  return plan.version === before.version ? ordinal : before.ordinals.get(plan.steps[ordinal]?.id ?? '');
}

function knownStep(plan: Plan, previous: PreviousRun, ordinal: number): PreviousStep | undefined {
  const there = ordinalThere(plan, previous.plan, ordinal);
  return there === undefined ? undefined : previous.steps.get(there);
}

/** A step that another version defines otherwise has not been done yet. */
function isSameStep(plan: Plan, before: Plan, ordinal: number): boolean {
  if (plan.version === before.version) return true;
  const id = plan.steps[ordinal]?.id;
  const definition = ({ workflow }: Plan): string =>
    JSON.stringify(
      workflow.steps.find((step) => step.id === id),
      (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
    );
  return definition(plan) === definition(before);
}

function pointerTo(plan: Plan, { plan: before, header }: PreviousRun, ordinal: number, found: PreviousStep): TakenStep {
  const { runKey, runId, step } = found;
  const earlier = header.restart;
  const known = [...(earlier?.inherited ?? []), ...(earlier?.left ?? [])].find(
    (each) => each.ordinal === step.ordinal && each.runKey === runKey,
  );
  const there = known === undefined ? step.ordinal : (known.there ?? known.ordinal);
  const pointer = { ordinal, runKey, runId, ...(there === ordinal ? {} : { there }) };
  if (plan.version === before.version) return known?.taken === undefined ? pointer : { ...pointer, taken: known.taken };
  return { ...pointer, taken: takenHere(plan, before, step.taken ?? []) };
}

function takenHere(plan: Plan, before: Plan, taken: readonly number[]): number[] {
  return taken.flatMap((there) => {
    const ordinal = plan.ordinals.get(before.steps[there]?.id ?? '');
    return ordinal === undefined ? [] : [ordinal];
  });
}
