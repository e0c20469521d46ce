import type { Millis, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import type { Draft } from './draft.js';
import { moveRun } from './move-run.js';

/** finishRun ends the run when nothing is under way and nothing can begin any more (specification §A.4). */
export function finishRun(draft: Draft, at: Millis): void {
  const { status, open } = draft.header;
  if (status !== 'IN_PROGRESS' || open > 0 || draft.ready.length > 0) return;
  const result = draft.header.ending?.status ?? resultOf(draft.countSteps());
  moveRun(draft, result);
  draft.editHeader().endTime = at;
  draft.commands.push({ type: 'finish-run', status: result });
}

function resultOf(counts: Readonly<Partial<Record<StepStatus, number>>>): WorkflowInstanceStatus {
  const some = (status: StepStatus): boolean => (counts[status] ?? 0) > 0;
  if (some('FATALLY_FAILED') || some('INTERNALLY_FAILED')) return 'FAILED';
  if (some('TIMED_OUT')) return 'TIMED_OUT';
  if (some('STOPPED')) return 'STOPPED';
  return Object.keys(counts).length > 0 ? 'SUCCEEDED' : 'FAILED';
}
