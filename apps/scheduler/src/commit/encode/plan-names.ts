import type { Plan, RunHeader } from '@maestro/engine';
import { taskSubject } from '@maestro/messaging';

/** StepNames are the texts of a step that go into every message about it, encoded once a plan. */
export interface StepNames {
  readonly id: Uint8Array;
  readonly type: Uint8Array;
  readonly subject: string;
  readonly subjectBytes: Uint8Array;
}

/** PlanNames are the texts of a plan that go into messages, as UTF-8. */
export interface PlanNames {
  readonly workflowId: Uint8Array;
  readonly steps: readonly StepNames[];
}

const known = new WeakMap<Plan, PlanNames>();

/** planNames encodes the texts of a plan once: measured, encoding them for each message was a tenth of the scheduler's time. */
export function planNames(plan: Plan): PlanNames {
  let names = known.get(plan);
  if (names === undefined) {
    names = { workflowId: utf8(plan.workflowId), steps: plan.steps.map(stepNames) };
    known.set(plan, names);
  }
  return names;
}

/** workflowIdOf is the id of a run's workflow; that of an iteration is not its plan's. */
export function workflowIdOf(plan: Plan, header: RunHeader): Uint8Array {
  return header.body === undefined ? planNames(plan).workflowId : utf8(header.workflowId);
}

function stepNames({ id, type, pool }: Plan['steps'][number]): StepNames {
  const subject = taskSubject({ pool, type });
  return { id: utf8(id), type: utf8(type), subject, subjectBytes: utf8(subject) };
}

/** utf8 encodes a text; cheaper than TextEncoder for the short texts of messages. */
export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
