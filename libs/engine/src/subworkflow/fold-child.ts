import type { Millis, WorkflowInstanceStatus } from '@maestro/domain';
import { confirmCancel } from '../cancel.js';
import type { Draft } from '../draft.js';
import { endAttempt } from '../phases/end-attempt.js';
import { failForGood } from '../phases/settle.js';
import { finish } from '../phases/finish.js';
import type { ChildState } from '../state.js';
import type { WorkingStep } from '../working-step.js';

/** foldChild ends a subworkflow step as its run has ended; a failure is not tried again by itself (specification §5.4). */
export function foldChild(
  draft: Draft,
  step: WorkingStep,
  child: ChildState & { readonly status: WorkflowInstanceStatus },
  at: Millis,
): void {
  step.child = child;
  const name = `${child.workflowId}[${child.instanceId}]`;
  if (step.cancelling) confirmCancel(draft, step, at);
  else if (child.status === 'SUCCEEDED') finish(draft, step, at, at);
  else if (child.status === 'TIMED_OUT') endAttempt(draft, step, 'TIMED_OUT', `its run ${name} timed out`, at);
  else if (child.status === 'STOPPED') endAttempt(draft, step, 'STOPPED', `its run ${name} was stopped`, at);
  else failForGood(draft, step, `its run ${name} failed`, at);
}
