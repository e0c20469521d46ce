import type { Handlers } from '@maestro/grpc';
import type { ViewService } from '@maestro/proto/maestro/scheduler/v1/view_service';
import type { CompareRunsDeps } from '../usecases/compare-runs.js';
import type { IterationDeps } from '../usecases/locate-iterations.js';
import { compareRunsRpc } from './compare-runs.js';
import { getIterationRpc } from './get-iteration.js';
import { listIterationsRpc } from './list-iterations.js';
import { summarizeIterationsRpc } from './summarize-iterations.js';

/** viewHandlers has one handler an RPC. */
export function viewHandlers(deps: CompareRunsDeps & IterationDeps): Handlers<typeof ViewService> {
  return {
    listIterations: listIterationsRpc(deps),
    getIteration: getIterationRpc(deps),
    summarizeIterations: summarizeIterationsRpc(deps),
    compareRuns: compareRunsRpc(deps),
  };
}
