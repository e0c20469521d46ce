import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { stepOfRun } from '../queries/find-step.js';
import { readRunWithPlan } from '../usecases/read-run.js';
import type { ReadDeps } from './read-deps.js';
import { runReferenceOf } from './run-reference.js';

/** getStepRpc serves GetStep. */
export function getStepRpc(deps: ReadDeps): Handler<typeof SchedulerService.method.getStep> {
  return async (request) => {
    const { run, plan } = await readRunWithPlan(deps, runReferenceOf(request.run));
    return { step: stepOfRun(plan, run, request) };
  };
}
