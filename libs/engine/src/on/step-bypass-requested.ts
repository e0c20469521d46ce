import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { goOn } from '../signals/await-signals.js';
import { closeWaits } from '../signals/close-waits.js';
import { actedOn, noteAct } from './step-act.js';

type Requested = Extract<EngineEvent, { type: 'step-bypass-requested' }>;

/** onStepBypassRequested lets a step go on without the signals that have not come. */
export function onStepBypassRequested(draft: Draft, event: Requested): Verdict {
  const waiting = actedOn(draft, event, 'BYPASS_STEP_DEPENDENCIES');
  if (!waiting?.signals?.dependencies || waiting.cancelling) return 'ended';
  const step = draft.edit(event.ordinal);
  const why = event.reason === '' ? '' : `: ${event.reason}`;
  step.signals = { ...step.signals, info: `${event.by} let the step go on without its dependencies${why}` };
  closeWaits(draft, step, 'SKIPPED');
  noteAct(draft, event, 'BYPASS_STEP_DEPENDENCIES', event.at);
  goOn(draft, step, event.at);
  return 'accepted';
}
