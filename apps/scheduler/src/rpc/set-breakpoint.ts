import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { callerOf } from '@maestro/service';
import { setBreakpoint, type SetBreakpointDeps } from '../usecases/set-breakpoint.js';
import { breakpointAsk, breakpointToProto } from './breakpoint-message.js';

/** setBreakpointRpc serves SetBreakpoint. */
export function setBreakpointRpc(deps: SetBreakpointDeps): Handler<typeof ActionService.method.setBreakpoint> {
  return async ({ breakpoint }, context) => {
    const by = callerOf(context);
    const ask = breakpointAsk(breakpoint);
    return { breakpoint: breakpointToProto(ask.workflowId, await setBreakpoint(deps, ask, by)) };
  };
}
