import type { ActOnInstancesDeps } from '../usecases/act-on-instances.js';
import type { ActOnStepDeps } from '../usecases/act-on-step.js';
import type { DeleteBreakpointDeps } from '../usecases/delete-breakpoint.js';
import type { ListBreakpointsDeps } from '../usecases/list-breakpoints.js';
import type { PauseInstanceDeps } from '../usecases/pause-instance.js';
import type { BulkJobStore } from '../ports/bulk-job-store.js';
import type { PauseWorkflowDeps } from '../usecases/pause-workflow.js';

/** ActionDeps is what the RPCs of ActionService work with. */
export type ActionDeps = ActOnInstancesDeps &
  ActOnStepDeps &
  DeleteBreakpointDeps &
  ListBreakpointsDeps &
  PauseInstanceDeps &
  PauseWorkflowDeps;

/** BulkRpcDeps is what acts on many runs are asked for and looked at with. */
export type BulkRpcDeps = ActOnInstancesDeps & {
  readonly jobs: BulkJobStore;
  /** There is a new job. */
  nudgeJobs(): void;
};
