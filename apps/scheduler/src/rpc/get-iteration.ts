import type { Handler } from '@maestro/grpc';
import { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import { iterationToProto } from '../queries/iteration-to-proto.js';
import type { IterationDeps } from '../usecases/locate-iterations.js';
import { readIteration } from '../usecases/read-iterations.js';
import { loopStepOf } from './loop-step-reference.js';

/** getIterationRpc serves GetIteration. */
export function getIterationRpc(deps: IterationDeps): Handler<typeof ViewService.method.getIteration> {
  return async ({ step, iterationRank }) => {
    const { located, found } = await readIteration(deps, loopStepOf(step), iterationRank);
    return { iteration: iterationToProto(located, found) };
  };
}
