import type { Draft } from '../draft.js';
import type { StepState } from '../state.js';

/** waitsForChild is the attempt that started other runs, if it still is under way; else what is told of them is late. */
export function waitsForChild(draft: Draft, ordinal: number, attempt: number): StepState | undefined {
  const step = draft.step(ordinal);
  return step?.attempt === attempt && step.status === 'RUNNING' ? step : undefined;
}
