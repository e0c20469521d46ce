import type { EngineEvent } from '../event.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { askRunEvaluation, launch } from '../launch.js';

type RunLaunched = Extract<EngineEvent, { type: 'run-launched' }>;

/** onRunLaunched begins the steps without predecessors; a run whose params are not evaluated asks for that first. */
export function onRunLaunched(draft: Draft, { at }: RunLaunched): Verdict {
  if (draft.header.status !== 'CREATED') return 'ended';
  if (draft.header.evaluation) askRunEvaluation(draft, draft.header.evaluation.since, at);
  else launch(draft, at);
  return 'accepted';
}
