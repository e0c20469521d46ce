import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import type { WorkingStep } from '../working-step.js';
import { settle } from './settle.js';

/** finish goes on with an attempt that did its work; `finished` is when it was done. */
export function finish(draft: Draft, step: WorkingStep, finished: Millis, at: Millis): void {
  step.dueAt = undefined;
  draft.move(step, 'FINISHING', finished);
  settle(draft, step, at);
}
