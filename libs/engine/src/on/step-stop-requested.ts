import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { endStep } from './end-step.js';

type Requested = Extract<EngineEvent, { type: 'step-stop-requested' }>;

/** onStepStopRequested: the step ends STOPPED, and nothing follows it; other branches go on. */
export function onStepStopRequested(draft: Draft, event: Requested): Verdict {
  return endStep(draft, event, 'STOPPED', 'STOP');
}
