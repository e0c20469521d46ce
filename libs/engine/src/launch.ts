import type { Millis } from '@maestro/domain';
import type { Draft } from './draft.js';
import { moveRun } from './move-run.js';
import { EVALUATION_REPEAT_MILLIS } from './timing.js';

/** launch begins the steps without predecessors; a restarted run those that it begins with. */
export function launch(draft: Draft, at: Millis): void {
  moveRun(draft, 'IN_PROGRESS');
  draft.editHeader().startTime = at;
  noteRestart(draft, at);
  draft.arm(at + draft.header.timeoutMillis);
  draft.ready.push(...(draft.header.restart?.roots ?? draft.plan.roots));
}

/** The run keeps its initiator; who restarted it is told by its timeline. */
function noteRestart(draft: Draft, at: Millis): void {
  const { restart, runPolicy } = draft.header;
  if (restart === undefined) return;
  const message = `${runPolicy}, after run ${restart.previous.runId}`;
  draft.note({ type: 'ACTION', timestamp: at, action: 'RESTART', author: restart.by, message });
}

/** askRunEvaluation asks for the params of the workflow; an answer that has not come for long is asked for again. */
export function askRunEvaluation(draft: Draft, since: Millis | undefined, at: Millis): void {
  if (since !== undefined && since + EVALUATION_REPEAT_MILLIS > at) return draft.arm(since + EVALUATION_REPEAT_MILLIS);
  draft.editHeader().evaluation = { since: at };
  draft.arm(at + EVALUATION_REPEAT_MILLIS);
  draft.commands.push({ type: 'evaluate-run' });
}
