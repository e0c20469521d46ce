import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { endStep } from './end-step.js';

type Requested = Extract<EngineEvent, { type: 'step-kill-requested' }>;

/** onStepKillRequested: the step ends FATALLY_FAILED and its failure mode is not asked: neither is the failure ignored nor are other steps stopped. */
export function onStepKillRequested(draft: Draft, event: Requested): Verdict {
  return endStep(draft, event, 'FATALLY_FAILED', 'KILL');
}
