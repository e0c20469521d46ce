import type { EngineEvent } from '../event.js';
import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import { moveRun } from '../move-run.js';

type RunLaunched = Extract<EngineEvent, { type: 'run-launched' }>;

/** onRunLaunched begins the steps without predecessors. */
export function onRunLaunched(draft: Draft, { at }: RunLaunched): Verdict {
  if (draft.header.status !== 'CREATED') return 'ended';
  moveRun(draft, 'IN_PROGRESS');
  draft.editHeader().startTime = at;
  draft.arm(at + draft.header.timeoutMillis);
  draft.ready.push(...draft.plan.roots);
  return 'accepted';
}
