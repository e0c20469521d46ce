import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceToProto } from '../queries/instance-to-proto.js';
import { readRunWithPlan } from '../usecases/read-run.js';
import type { ReadDeps } from './read-deps.js';
import { runReferenceOf } from './run-reference.js';

/** getInstanceRpc serves GetInstance. */
export function getInstanceRpc(deps: ReadDeps): Handler<typeof SchedulerService.method.getInstance> {
  return async (request) => {
    const { run, plan } = await readRunWithPlan(deps, runReferenceOf(request.run));
    return { instance: instanceToProto(run, plan) };
  };
}
