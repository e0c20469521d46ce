import { STEP_STATUSES, type Millis, type StepStatus } from '@maestro/domain';
import type { Plan } from './plan.js';
import type { RunState } from './state.js';

/** OverviewStep is a step in an overview: 0-based ordinal, start and end of its latest attempt. */
export interface OverviewStep {
  readonly ordinal: number;
  readonly startTime?: Millis;
  readonly endTime?: Millis;
}

/** StatusOverview is what is known of the steps in one status. */
export interface StatusOverview {
  readonly count: number;
  readonly steps: readonly OverviewStep[];
}

/** RuntimeOverview counts the steps of a run by status; steps that are not created are the total minus those listed. */
export interface RuntimeOverview {
  readonly totalStepCount: number;
  readonly statuses: Readonly<Partial<Record<StepStatus, StatusOverview>>>;
}

/** runtimeOverview is the picture of a run that answers show (specification §3.6). */
export function runtimeOverview(plan: Plan, state: RunState): RuntimeOverview {
  const byStatus = new Map<StepStatus, OverviewStep[]>();
  for (const { ordinal } of plan.steps) {
    const step = state.steps.get(ordinal);
    if (!step) continue;
    const listed = byStatus.get(step.status) ?? [];
    listed.push({ ordinal, ...overviewTimes(step.times.start, step.times.end) });
    byStatus.set(step.status, listed);
  }
  const statuses = STEP_STATUSES.flatMap((status): [StepStatus, StatusOverview][] => {
    const steps = byStatus.get(status);
    return steps ? [[status, { count: steps.length, steps }]] : [];
  });
  return { totalStepCount: plan.steps.length, statuses: Object.fromEntries(statuses) };
}

function overviewTimes(startTime: Millis | undefined, endTime: Millis | undefined): Omit<OverviewStep, 'ordinal'> {
  return { ...(startTime === undefined ? {} : { startTime }), ...(endTime === undefined ? {} : { endTime }) };
}
