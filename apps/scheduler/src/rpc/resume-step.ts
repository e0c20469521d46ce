import type { Handler } from '@maestro/grpc';
import { ActionService } from '@maestro/proto/maestro/scheduler/v1/action_service';
import type { ActOnStepDeps } from '../usecases/act-on-step.js';
import { performStepAct } from './step-act.js';

/** resumeStepRpc serves ResumeStep. */
export function resumeStepRpc(deps: ActOnStepDeps): Handler<typeof ActionService.method.resumeStep> {
  return async ({ act }, context) => ({ result: await performStepAct(deps, act, 'RESUME', context) });
}
