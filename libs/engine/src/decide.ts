import type { Millis } from '@maestro/domain';
import type { Command, Decision } from './decision.js';
import { Draft } from './draft.js';
import type { EngineEvent } from './event.js';
import { finishRun } from './finish-run.js';
import { onEvent } from './on/index.js';
import { begin } from './phases/begin.js';
import type { Plan } from './plan.js';
import type { RunState } from './state.js';
import { TRANSITION_BUDGET } from './timing.js';

/**
 * decide applies the events in their order and runs to quiescence: steps that need nothing from outside complete in here. It is pure:
 * same input, same output, and the state is not touched. A run that needs more than the budget goes on at `continued`.
 */
export function decide(plan: Plan, state: RunState, events: readonly EngineEvent[]): Decision {
  const draft = new Draft(plan, state);
  const verdicts = events.map((event) => {
    const verdict = onEvent(draft, event);
    quiesce(draft, event.at);
    return verdict;
  });
  const commands = draft.commands.filter((command) => isStillMeant(draft, command));
  if (draft.ready.length > 0) commands.push({ type: 'continue' });
  return { change: draft.change(), commands, verdicts };
}

function quiesce(draft: Draft, at: Millis): void {
  if (draft.header.status !== 'IN_PROGRESS') return;
  let next = 0;
  while (next < draft.ready.length && draft.transitions < TRANSITION_BUDGET) {
    const ordinal = draft.ready[next];
    next += 1;
    if (ordinal !== undefined) begin(draft, ordinal, at);
  }
  draft.ready.splice(0, next);
  finishRun(draft, at);
}

/** A later event of the same decision may have overtaken a command. */
function isStillMeant(draft: Draft, command: Command): boolean {
  if (command.type === 'continue' || command.type === 'finish-run' || command.type === 'tell-parent') return true;
  // Iterations that count as running have to be there, also when they are stopped at once.
  if (command.type === 'start-iterations' || command.type === 'end-children') return true;
  if (command.type === 'evaluate-run')
    return draft.header.status === 'CREATED' && draft.header.evaluation !== undefined;
  const step = draft.step(command.ordinal);
  if (step?.attempt !== command.attempt) return false;
  if (command.type === 'evaluate') return step.evaluating === command.phase;
  if (command.type === 'start-child') return step.status === 'RUNNING' && step.child === undefined;
  if (step.dispatch !== command.dispatch || step.evaluating !== undefined) return false;
  if (step.status !== 'STARTING' && step.status !== 'RUNNING') return false;
  if (command.type === 'cancel-attempt') return step.cancelling !== undefined;
  return step.cancelling === undefined && step.claimedBy === undefined;
}
