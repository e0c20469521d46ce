import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { PauseInstanceDeps } from '../usecases/pause-instance.js';
import { pauseRun } from './pause-result.js';

/** pauseInstanceRpc serves PauseInstance. */
export function pauseInstanceRpc(deps: PauseInstanceDeps): Handler<typeof ActionService.method.pauseInstance> {
  return async (request, context) => ({ result: await pauseRun(deps, request, 'pause', context) });
}
