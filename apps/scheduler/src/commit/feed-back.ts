import { answerEvaluation, type Command } from '@maestro/engine';
import { PRESETS } from '@maestro/sel';
import type { RunKey } from '@maestro/domain';
import type { CommitDeps } from './commit-deps.js';
import type { Committed } from './lane.js';
import type { RunRecord } from './run-record.js';
import { startChild } from './start-child.js';
import { submitEvent } from './submit-event.js';

/** feedBackCommands does what the engine asked of the shell itself, and brings the answers as events of a later batch. */
export function feedBackCommands(deps: CommitDeps, { assembly }: Committed): void {
  for (const { work, change } of assembly.after) {
    const commands = 'record' in work ? work.decision.commands : work.launch.decision.commands;
    for (const command of commands) feedBack(deps, change.header.runKey, command);
  }
}

function feedBack(deps: CommitDeps, runKey: RunKey, command: Command): void {
  if (command.type === 'continue') submitEvent(deps, runKey, { type: 'continued', at: deps.now() });
  if (command.type === 'start-child') startChild(deps, runKey, command);
  if (command.type !== 'evaluate') return;
  const record = deps.cache.get(runKey);
  if (record !== undefined) evaluate(deps, record, command);
}

/** An evaluation that is lost in a crash is asked for again by the engine's timer. */
function evaluate(deps: CommitDeps, record: RunRecord, command: Extract<Command, { type: 'evaluate' }>): void {
  const at = deps.now();
  const result = answerEvaluation(record.plan, record.state, command, at, PRESETS.FULL);
  if (result === undefined) return;
  const { ordinal, attempt } = command;
  submitEvent(deps, record.state.header.runKey, { type: 'evaluated', at, ordinal, attempt, result });
}
