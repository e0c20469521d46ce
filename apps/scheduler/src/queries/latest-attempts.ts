import type { Plan, StepState } from '@maestro/engine';
import type { StepInstance } from '@maestro/proto/maestro/types/v1/instance';
import type { RunPicture } from '../ports/run-reader.js';
import { headerOfEarlier } from './inherited-steps.js';
import { stepNotCreated, stepToProto } from './step-to-proto.js';

/** latestAttempts finds the latest attempt of each step that was created, by ordinal. */
export function latestAttempts(attempts: readonly StepState[]): ReadonlyMap<number, StepState> {
  const latest = new Map<number, StepState>();
  for (const step of attempts) {
    if ((latest.get(step.ordinal)?.attempt ?? 0) < step.attempt) latest.set(step.ordinal, step);
  }
  return latest;
}

/** stepsOfRun lists all steps in the order of the definition, those of earlier runs and those that are not created too. */
export function stepsOfRun(
  plan: Plan,
  { header, attempts, timeline, earlier }: RunPicture,
  enriched = false,
): StepInstance[] {
  const latest = latestAttempts(attempts);
  const before = new Map(earlier.map((each) => [each.step.ordinal, each]));
  return plan.steps.map(({ ordinal }) => {
    const step = latest.get(ordinal);
    if (step !== undefined) return stepToProto(plan, header, step, timeline, enriched);
    const known = before.get(ordinal);
    if (known === undefined) return stepNotCreated(plan, header, ordinal);
    return stepToProto(plan, headerOfEarlier(header, known), known.step, [], enriched);
  });
}
