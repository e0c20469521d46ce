import type { Millis, StepAction } from '@maestro/domain';
import { cancelStep } from '../cancel.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { StepAct } from '../event.js';
import type { Cancelling } from '../state.js';
import { isUnderWay } from '../working-step.js';
import { actedOn, noteAct } from './step-act.js';

/**
 * endStep brings a step that is under way to the end that a person wants. Of several acts the last one says how it ends; one that is
 * repeated changes nothing.
 */
export function endStep(
  draft: Draft,
  event: StepAct & { readonly at: Millis },
  target: Cancelling['target'],
  action: StepAction,
): Verdict {
  const step = actedOn(draft, event, action);
  if (!step || !isUnderWay(step.status)) return 'ended';
  const { by, reason, ordinal, at } = event;
  // What was to follow the end that an earlier act asked for is overtaken by this one.
  if (step.again) draft.edit(ordinal).again = undefined;
  if (step.cancelling?.target === target) return 'accepted';
  cancelStep(draft, ordinal, target, reason === '' ? `${action} by ${by}` : reason, at);
  noteAct(draft, event, action, at);
  return 'accepted';
}
