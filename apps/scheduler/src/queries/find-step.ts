import { nearest } from '@maestro/config';
import { MaestroError } from '@maestro/domain';
import type { Plan, StepState } from '@maestro/engine';
import type { StepInstance } from '@maestro/proto/maestro/types/v1/instance';
import type { RunPicture } from '../ports/run-reader.js';
import { headerOfEarlier } from './inherited-steps.js';
import { stepNotCreated, stepToProto } from './step-to-proto.js';

/** ordinalOf finds a step of a version by its id. Throws STEP_NOT_FOUND, which names the step that was probably meant. */
export function ordinalOf(plan: Plan, stepId: string): number {
  const ordinal = plan.ordinals.get(stepId);
  if (ordinal !== undefined) return ordinal;
  const near = nearest(stepId, [...plan.ordinals.keys()]);
  const hint = near === undefined ? 'List the steps of the run to see what it has.' : `Did you mean "${near}"?`;
  const message = `Version ${plan.version} of workflow "${plan.workflowId}" has no step "${stepId}". ${hint}`;
  throw new MaestroError('STEP_NOT_FOUND', message, { metadata: { step_id: stepId } });
}

/** StepAsk names an attempt; 0 = the latest. */
export interface StepAsk {
  readonly stepId: string;
  readonly attempt: number;
  /** Its timeline also tells its statuses. */
  readonly enriched: boolean;
}

/** stepOfRun reads one attempt of a step. Throws STEP_NOT_FOUND. */
export function stepOfRun(plan: Plan, run: RunPicture, { stepId, attempt, enriched }: StepAsk): StepInstance {
  const ordinal = ordinalOf(plan, stepId);
  const attempts = run.attempts.filter((step) => step.ordinal === ordinal);
  const last = attempts.at(-1);
  const before = last === undefined ? run.earlier.find(({ step }) => step.ordinal === ordinal) : undefined;
  if (before && (attempt <= 0 || before.step.attempt === attempt))
    return stepToProto(plan, headerOfEarlier(run.header, before), before.step, [], enriched);
  if (last === undefined && attempt <= 0) return stepNotCreated(plan, run.header, ordinal);
  const wanted = attempt === 0 ? last : attempts.find((step) => step.attempt === attempt);
  if (wanted === undefined) throw attemptNotFound(stepId, attempt, last);
  return stepToProto(plan, run.header, wanted, run.timeline, enriched);
}

function attemptNotFound(stepId: string, attempt: number, last: StepState | undefined): MaestroError {
  const known = last === undefined ? 'it has not been created' : `it has attempts 1..${last.attempt}`;
  const metadata = { step_id: stepId, latest_attempt: `${last?.attempt ?? 0}` };
  return new MaestroError('STEP_NOT_FOUND', `Step "${stepId}" has no attempt ${attempt}; ${known}.`, { metadata });
}
