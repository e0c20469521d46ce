import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { EndInstanceDeps } from '../usecases/end-instance.js';
import { endRun } from './end-result.js';

/** stopInstanceRpc serves StopInstance. */
export function stopInstanceRpc(deps: EndInstanceDeps): Handler<typeof SchedulerService.method.stopInstance> {
  return async (request, context) => ({ result: await endRun(deps, request, 'stop', context) });
}
