import type { Millis, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import type { Command } from './decision.js';
import type { Draft } from './draft.js';
import { leavesOf } from './loop/rollup.js';
import { variablesAfter } from './loop/variables.js';
import { moveRun } from './move-run.js';
import { withInherited } from './restart/with-inherited.js';
import type { LeafCounts, RunHeader, StepState } from './state.js';

/** finishRun ends the run when nothing is under way and nothing can begin any more (specification §A.4). */
export function finishRun(draft: Draft, at: Millis): void {
  const { status, open, ending } = draft.header;
  // A paused run ends when it is brought to an end; else it waits to be resumed, also when nothing is left to do.
  const may = status === 'IN_PROGRESS' || (status === 'PAUSED' && ending !== undefined);
  if (!may || open > 0 || draft.ready.length > 0) return;
  const result = ending?.status ?? resultOf(draft.countSteps(), draft.header.restart !== undefined);
  moveRun(draft, result);
  draft.editHeader().endTime = at;
  draft.commands.push({ type: 'finish-run', status: result });
  tellParent(draft, at);
}

type TellParent = Extract<Command, { type: 'tell-parent' }>;

/** tellParent lets the step that started this run hear of its end. */
export function tellParent(draft: Draft, at: Millis): void {
  const step = (ordinal: number): StepState | undefined => draft.step(ordinal);
  const told = childFinished(
    draft.header,
    leavesOf(withInherited(draft.countSteps(), draft.header, step), draft.plan, step),
    at,
  );
  if (!told) return;
  const iterates = draft.header.initiator.type === 'WHILE' && draft.header.status === 'SUCCEEDED';
  const values = iterates ? { values: variablesAfter(draft.plan, draft.header, step) } : {};
  draft.commands.push({ ...told, event: { ...told.event, ...values } });
}

/** childFinished is what the step that started a run hears of its end; undefined when no step waits for it. */
export function childFinished(header: RunHeader, rollup: LeafCounts, at: Millis): TellParent | undefined {
  const { parent, status, workflowId, instanceId, runId, version } = header;
  if (!parent) return undefined;
  const place = { workflowId, instanceId: Number(instanceId), runId: Number(runId), version: Number(version) };
  const { ordinal, attempt, index } = parent;
  const child = { ...place, status, rollup };
  return { type: 'tell-parent', parent, event: { type: 'child-finished', at, ordinal, attempt, child, index } };
}

/** Without any step a run has failed, unless all that it had to do was done by the runs before it. */
function resultOf(counts: Readonly<Partial<Record<StepStatus, number>>>, isRestart: boolean): WorkflowInstanceStatus {
  const some = (status: StepStatus): boolean => (counts[status] ?? 0) > 0;
  if (some('FATALLY_FAILED') || some('INTERNALLY_FAILED')) return 'FAILED';
  if (some('TIMED_OUT')) return 'TIMED_OUT';
  if (some('STOPPED')) return 'STOPPED';
  return isRestart || Object.keys(counts).length > 0 ? 'SUCCEEDED' : 'FAILED';
}
