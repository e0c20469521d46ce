import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { ActOnStepDeps } from '../usecases/act-on-step.js';
import { performStepAct } from './step-act.js';

/** bypassStepDependenciesRpc serves BypassStepDependencies. */
export function bypassStepDependenciesRpc(
  deps: ActOnStepDeps,
): Handler<typeof ActionService.method.bypassStepDependencies> {
  return async ({ act }, context) => ({ result: await performStepAct(deps, act, 'BYPASS_STEP_DEPENDENCIES', context) });
}
