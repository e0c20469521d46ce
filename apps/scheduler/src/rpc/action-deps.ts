import type { ActOnInstancesDeps } from '../usecases/act-on-instances.js';
import type { ActOnStepDeps } from '../usecases/act-on-step.js';
import type { DeleteBreakpointDeps } from '../usecases/delete-breakpoint.js';
import type { ListBreakpointsDeps } from '../usecases/list-breakpoints.js';
import type { PauseInstanceDeps } from '../usecases/pause-instance.js';
import type { PauseWorkflowDeps } from '../usecases/pause-workflow.js';

/** ActionDeps is what the RPCs of ActionService work with. */
export type ActionDeps = ActOnInstancesDeps &
  ActOnStepDeps &
  DeleteBreakpointDeps &
  ListBreakpointsDeps &
  PauseInstanceDeps &
  PauseWorkflowDeps;
