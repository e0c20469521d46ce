import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { ActOnStepDeps } from '../usecases/act-on-step.js';
import { performStepAct } from './step-act.js';

/** killStepRpc serves KillStep. */
export function killStepRpc(deps: ActOnStepDeps): Handler<typeof ActionService.method.killStep> {
  return async ({ act }, context) => ({ result: await performStepAct(deps, act, 'KILL', context) });
}
