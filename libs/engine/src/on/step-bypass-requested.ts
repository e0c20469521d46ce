import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';

type Requested = Extract<EngineEvent, { type: 'step-bypass-requested' }>;

/** onStepBypassRequested is always late: steps do not wait for signals yet, they pass WAITING_FOR_SIGNALS within one decision. */
export function onStepBypassRequested(_draft: Draft, _event: Requested): Verdict {
  return 'ended';
}
