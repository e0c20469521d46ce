import type { Handlers } from '@maestro/grpc';
import type { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import { putOutputData, type PutOutputDataDeps } from '../usecases/output-data/put-output-data.js';

/** putOutputDataHandler serves PutOutputData. */
export function putOutputDataHandler(deps: PutOutputDataDeps): Handlers<typeof ExecutorService>['putOutputData'] {
  return async ({ token, documentJson }) => ({ attemptId: await putOutputData(deps, token, documentJson) });
}
