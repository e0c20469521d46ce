import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { EndInstanceDeps } from '../usecases/end-instance.js';
import { endRun } from './end-result.js';

/** killInstanceRpc serves KillInstance. */
export function killInstanceRpc(deps: EndInstanceDeps): Handler<typeof SchedulerService.method.killInstance> {
  return async (request, context) => ({ result: await endRun(deps, request, 'kill', context) });
}
