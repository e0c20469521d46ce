import type { SignalDependencyStatus } from '@maestro/domain';
import type { Draft } from '../draft.js';
import type { WorkingStep } from '../working-step.js';

/** closeWaits ends the waiting for signals that have not come. */
export function closeWaits(draft: Draft, step: WorkingStep, status: SignalDependencyStatus): void {
  const { signals, ordinal, attempt } = step;
  if (signals?.dependencies === undefined) return;
  const dependencies = signals.dependencies.map((each) => (each.status === 'PENDING' ? { ...each, status } : each));
  step.signals = { ...signals, dependencies };
  draft.commands.push({ type: 'close-waits', ordinal, attempt });
}
