import type { Handlers } from '@maestro/grpc';
import type { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { ActionDeps } from './action-deps.js';
import { bypassStepDependenciesRpc } from './bypass-step-dependencies.js';
import { killStepRpc } from './kill-step.js';
import { skipStepRpc } from './skip-step.js';
import { stopStepRpc } from './stop-step.js';

/** actionHandlers has one handler an RPC. */
export function actionHandlers(deps: ActionDeps): Handlers<typeof ActionService> {
  return {
    stopStep: stopStepRpc(deps),
    killStep: killStepRpc(deps),
    skipStep: skipStepRpc(deps),
    bypassStepDependencies: bypassStepDependenciesRpc(deps),
  };
}
