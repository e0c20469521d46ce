import type { Millis, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import type { RunReference } from './alert.js';

/** StepChange is one step that changed its status. */
export interface StepChange {
  readonly stepId: string;
  readonly attempt: number;
  readonly from: StepStatus;
  readonly to: StepStatus;
  readonly time: Millis;
}

/** RunChange is what one commit changed of a run. */
export interface RunChange {
  readonly run: RunReference;
  readonly tenant: string;
  /** Absent: the run's own status did not change. */
  readonly status?: { readonly to: WorkflowInstanceStatus; readonly time: Millis };
  readonly steps: readonly StepChange[];
}
