import type { Millis } from '@maestro/domain';
import { PRESETS } from '@maestro/sel';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { chooseSuccessors } from '../evaluation.js';
import type { EngineEvent } from '../event.js';
import { failForGood, settleChoice } from '../phases/settle.js';
import type { WorkingStep } from '../working-step.js';

type Refused = Extract<EngineEvent, { type: 'signals-refused' }>;

/** onSignalsRefused: what the attempt waits for or announces is not valid, as a name that is too long once it is evaluated. */
export function onSignalsRefused(draft: Draft, { ordinal, attempt, message, at }: Refused): Verdict {
  const asking = draft.step(ordinal);
  if (asking?.attempt !== attempt || !asking.unanswered) return 'ended';
  const step = draft.edit(ordinal);
  step.unanswered = undefined;
  step.dueAt = undefined;
  if (step.status === 'FINISHING') settleRefused(draft, step, message, at);
  else failForGood(draft, step, message, at);
  return 'accepted';
}

/** Its work is done; that it cannot be announced is a failure like any other. */
function settleRefused(draft: Draft, step: WorkingStep, message: string, at: Millis): void {
  const choice = chooseSuccessors(draft, step, PRESETS.IN_PLACE);
  const { taken, failures } = choice.kind === 'value' ? choice.value : { taken: [], failures: [] };
  settleChoice(draft, step, { taken, failures: [message, ...failures] }, at);
}
