import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { timelineEventToProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import { deleteBreakpoint, type DeleteBreakpointDeps } from '../usecases/delete-breakpoint.js';
import { breakpointAsk } from './breakpoint-message.js';

/** deleteBreakpointRpc serves DeleteBreakpoint. */
export function deleteBreakpointRpc(deps: DeleteBreakpointDeps): Handler<typeof ActionService.method.deleteBreakpoint> {
  return async ({ breakpoint, resume }, context) => {
    const author = callerOf(context);
    const ask = breakpointAsk(breakpoint);
    const { deleted, resumed } = await deleteBreakpoint(deps, ask, { by: author, resume });
    const what = deleted
      ? `The breakpoint at ${ask.stepId} was deleted`
      : `There was no such breakpoint at ${ask.stepId}`;
    const message = `${what}; ${String(resumed)} paused attempts go on.`;
    const event = { type: 'ACTION', timestamp: deps.now(), action: 'RESUME', author, message } as const;
    return { deleted, resumed: BigInt(resumed), timelineEvent: timelineEventToProto(event) };
  };
}
