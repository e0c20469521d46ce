import type { Verdict } from '../decision.js';
import type { Draft } from '../draft.js';
import type { EngineEvent } from '../event.js';
import { tellParent } from '../finish-run.js';
import { launch } from '../launch.js';
import { moveRun } from '../move-run.js';

type RunEvaluated = Extract<EngineEvent, { type: 'run-evaluated' }>;

/** onRunEvaluated launches a run that waited for its params, or fails it for good; an answer that nobody waits for is late. */
export function onRunEvaluated(draft: Draft, { at, result }: RunEvaluated): Verdict {
  if (draft.header.status !== 'CREATED' || draft.header.evaluation === undefined) return 'ended';
  const header = draft.editHeader();
  delete header.evaluation;
  if (result.kind === 'error') {
    fail(draft, result, at);
    return 'accepted';
  }
  header.params = result.params;
  header.timeoutMillis = result.timeoutMillis;
  launch(draft, at);
  return 'accepted';
}

function fail(draft: Draft, { message, errors }: Extract<RunEvaluated['result'], { kind: 'error' }>, at: number): void {
  const header = draft.editHeader();
  header.startTime = at;
  header.endTime = at;
  moveRun(draft, 'FAILED');
  draft.note({ type: 'DETAILS', timestamp: at, status: 'FAILED', message, errors, retryable: false });
  draft.commands.push({ type: 'finish-run', status: 'FAILED' });
  tellParent(draft, at);
}
