import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { checkWorkflowId } from '../usecases/act-on-queue.js';
import { listBreakpoints, type ListBreakpointsDeps } from '../usecases/list-breakpoints.js';
import { breakpointToProto } from './breakpoint-message.js';

/** listBreakpointsRpc serves ListBreakpoints. */
export function listBreakpointsRpc(deps: ListBreakpointsDeps): Handler<typeof ActionService.method.listBreakpoints> {
  return async ({ workflowId, stepId }) => {
    const found = await listBreakpoints(deps, checkWorkflowId(workflowId), stepId);
    return { breakpoints: found.map((each) => breakpointToProto(workflowId, each)) };
  };
}
