import type { Draft } from '../draft.js';
import type { StepState } from '../state.js';

/**
 * goesOnAlone: what the attempt runs outlived the executor that held it, and nobody has taken it over yet. Executors claim
 * attempts of such types before they begin, so one that was never granted (STARTING) runs nowhere.
 */
export function goesOnAlone(draft: Draft, { ordinal, status, claimedBy }: StepState): boolean {
  return status === 'RUNNING' && claimedBy === undefined && draft.planStep(ordinal).onExecutorLost === 'reattach';
}
