import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { actedOn, noteAct } from './step-act.js';

type Requested = Extract<EngineEvent, { type: 'step-resume-requested' }>;

/** onStepResumeRequested lets a step that is PAUSED at a breakpoint go on; in a paused run as soon as that is resumed. */
export function onStepResumeRequested(draft: Draft, event: Requested): Verdict {
  const step = actedOn(draft, event, 'RESUME');
  // One that is being skipped meanwhile rests for its conditions.
  if (!step || step.cancelling) return 'ended';
  noteAct(draft, event, 'RESUME', event.at);
  draft.hold(step.ordinal);
  return 'accepted';
}
