import type { Millis } from '@maestro/domain';
import { NO_BREAKPOINTS, type Breakpoint } from './breakpoint.js';
import type { Command, Decision } from './decision.js';
import { Draft } from './draft.js';
import type { EngineEvent } from './event.js';
import { finishRun } from './finish-run.js';
import { onEvent } from './on/index.js';
import { begin } from './phases/begin.js';
import { beginAgain } from './phases/begin-again.js';
import { goesOnAlone } from './phases/goes-on-alone.js';
import { NO_LIMITS, type IsLimited } from './permits/permit-tags.js';
import type { Plan } from './plan.js';
import type { RunHeader, RunState, StepState } from './state.js';
import { TRANSITION_BUDGET } from './timing.js';

/**
 * Launcher makes runs of iterations at the moment they are launched, and answers the ends of those that ended within their launch: these
 * need no message between runs. By default nothing is launched; the commands tell what to.
 */
export type Launcher = (header: RunHeader, step: StepState, indexes: readonly number[]) => readonly EngineEvent[];

const LAUNCH_LATER: Launcher = () => [];

/**
 * decide applies the events in their order and runs to quiescence: steps that need nothing from outside complete in here. It is pure:
 * same input, same output, and the state is not touched. A run that needs more than the budget goes on at `continued`. `breakpoints` are
 * those of the run's workflow.
 */
export function decide(
  plan: Plan,
  state: RunState,
  events: readonly EngineEvent[],
  launch: Launcher = LAUNCH_LATER,
  isLimited: IsLimited = NO_LIMITS,
  breakpoints: readonly Breakpoint[] = NO_BREAKPOINTS,
): Decision {
  const draft = new Draft(plan, state, isLimited, breakpoints);
  const verdicts = events.map((event) => {
    const verdict = onEvent(draft, event);
    settleDown(draft, event.at, launch);
    return verdict;
  });
  const commands = draft.commands.filter((command) => isStillMeant(draft, command));
  if (draft.ready.length > 0 && draft.header.status === 'IN_PROGRESS') commands.push({ type: 'continue' });
  return { change: draft.change(), commands, verdicts };
}

/** Iterations that end within their launch make room for further ones at once, as far as the budget goes. */
function settleDown(draft: Draft, at: Millis, launch: Launcher): void {
  quiesce(draft, at);
  for (let command = draft.takeLaunch(); command !== undefined; command = draft.takeLaunch()) {
    const step = draft.step(command.ordinal);
    if (step === undefined) continue;
    for (const event of launch(draft.header, step, command.indexes)) onEvent(draft, event);
    quiesce(draft, at);
  }
}

function quiesce(draft: Draft, at: Millis): void {
  for (const { ordinal, restart } of draft.again.splice(0)) {
    const ended = draft.step(ordinal);
    if (ended) beginAgain(draft, ended, restart, at);
  }
  const { status } = draft.header;
  if (status === 'PAUSED') return finishRun(draft, at);
  if (status !== 'IN_PROGRESS') return;
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
  if (command.type === 'start-iterations' || command.type === 'end-children' || command.type === 'tell-children')
    return true;
  if (command.type === 'close-waits') return true;
  if (command.type === 'evaluate-run')
    return draft.header.status === 'CREATED' && draft.header.evaluation !== undefined;
  const step = draft.step(command.ordinal);
  if (step?.attempt !== command.attempt) return false;
  if (command.type === 'open-waits' || command.type === 'announce') return step.unanswered === true;
  if (command.type === 'request-permits') return step.status === 'WAITING_FOR_PERMITS';
  if (command.type === 'evaluate') return step.evaluating === command.phase;
  if (command.type === 'recall-iterations') return step.status === 'RUNNING' && step.loop === undefined;
  if (command.type === 'start-child') return step.status === 'RUNNING' && step.child === undefined;
  if (step.dispatch !== command.dispatch || step.evaluating !== undefined) return false;
  if (step.status !== 'STARTING' && step.status !== 'RUNNING') return false;
  if (command.type === 'cancel-attempt') return step.cancelling !== undefined;
  return step.claimedBy === undefined && (step.cancelling === undefined || goesOnAlone(draft, step));
}
