import type { WorkflowInstanceStatus } from '@maestro/domain';
import type { Draft } from './draft.js';
import { assertRunTransition } from './transitions.js';

/** moveRun changes the status of the run as a whole. */
export function moveRun(draft: Draft, status: WorkflowInstanceStatus): void {
  assertRunTransition(draft.header.status, status);
  draft.editHeader().status = status;
}
