import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceToProto } from '../queries/instance-to-proto.js';
import { readRollup } from '../usecases/read-rollup.js';
import { readRunWithPlan } from '../usecases/read-run.js';
import type { ReadDeps } from './read-deps.js';
import { runReferenceOf } from './run-reference.js';

/** getInstanceRpc serves GetInstance. */
export function getInstanceRpc(deps: ReadDeps): Handler<typeof SchedulerService.method.getInstance> {
  return async (request) => {
    const found = await readRunWithPlan(deps, runReferenceOf(request.run));
    const rollup = await readRollup(deps, found);
    return { instance: instanceToProto(found.run, found.plan, { rollup, enriched: request.enriched }) };
  };
}
