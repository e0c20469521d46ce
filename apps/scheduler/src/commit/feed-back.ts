import type { Command } from '@maestro/engine';
import type { RunKey } from '@maestro/domain';
import type { CommitDeps } from './commit-deps.js';
import type { Committed } from './lane.js';
import type { PendingEvaluations } from './pending-evaluations.js';
import { recallIterations } from './recall-iterations.js';
import type { SignalAsks, SignalCommand } from './signal-asks.js';
import { startChild } from './start-child.js';
import { submitEvent } from './submit-event.js';

/** feedBackCommands does what the engine asked of the shell itself, and brings the answers as events of a later batch. */
export function feedBackCommands(deps: CommitDeps, { evaluations, signals }: Feeders, { assembly }: Committed): void {
  for (const { work, change } of assembly.after) {
    const [commands, plan] =
      'record' in work ? [work.decision.commands, work.record.plan] : [work.launch.decision.commands, work.plan];
    for (const command of commands) {
      if (isSignalCommand(command)) signals.add(plan, change, command);
      else feedBack(deps, evaluations, change.header.runKey, command);
    }
  }
}

/** Feeders do what takes longer than a turn of the event loop. */
export interface Feeders {
  readonly evaluations: PendingEvaluations;
  readonly signals: SignalAsks;
}

function isSignalCommand(command: Command): command is SignalCommand {
  return command.type === 'open-waits' || command.type === 'close-waits' || command.type === 'announce';
}

function feedBack(deps: CommitDeps, evaluations: PendingEvaluations, runKey: RunKey, command: Command): void {
  if (command.type === 'continue') submitEvent(deps, runKey, { type: 'continued', at: deps.now() });
  if (command.type === 'start-child') startChild(deps, runKey, command);
  if (command.type === 'recall-iterations') recallIterations(deps, runKey, command);
  if (command.type === 'evaluate' || command.type === 'evaluate-run') evaluations.begin(runKey, command);
}
