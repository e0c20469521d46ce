import { isCompleteStep, isTerminalStep, type StepStatus, type WorkflowInstanceStatus } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { RunHeader, StepState } from '../state.js';

type Steps = ReadonlyMap<number, { readonly step: StepState }>;

/**
 * aggregatedStatus is how an instance fares over all of its runs: a restart that succeeded does not hide the failures of paths that did
 * not run again (specification §3.7).
 */
export function aggregatedStatus(
  plan: Plan,
  { status, restart }: Pick<RunHeader, 'status' | 'restart'>,
  steps: Steps,
): WorkflowInstanceStatus {
  if (restart === undefined || status !== 'SUCCEEDED') return status;
  const statuses = plan.steps.map(({ ordinal }) => steps.get(ordinal)?.step.status);
  const some = (test: (status: StepStatus) => boolean): boolean => statuses.some((each) => each && test(each));
  if (some(isFailure)) return 'FAILED';
  if (some((each) => each === 'TIMED_OUT')) return 'TIMED_OUT';
  if (some((each) => each === 'STOPPED')) return 'STOPPED';
  return statuses.includes(undefined) ? restart.previous.status : 'SUCCEEDED';
}

function isFailure(status: StepStatus): boolean {
  return isTerminalStep(status) && !isCompleteStep(status) && status !== 'STOPPED' && status !== 'TIMED_OUT';
}
