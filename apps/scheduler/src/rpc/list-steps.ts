import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { stepsOfRun } from '../queries/latest-attempts.js';
import { readRunWithPlan } from '../usecases/read-run.js';
import type { ReadDeps } from './read-deps.js';
import { runReferenceOf } from './run-reference.js';

/** listStepsRpc serves ListSteps. */
export function listStepsRpc(deps: ReadDeps): Handler<typeof SchedulerService.method.listSteps> {
  return async (request) => {
    const { run, plan } = await readRunWithPlan(deps, runReferenceOf(request.run));
    return { steps: stepsOfRun(plan, run, request.enriched) };
  };
}
