import type { Handlers } from '@maestro/grpc';
import type { ExecutorService } from '@maestro/proto/maestro/executor/v1/executor_service';
import type { Execution } from '../usecases/execution.js';
import { freeSlots } from '../usecases/free-slots.js';

export interface GetStatusDeps {
  readonly execution: Execution;
  readonly pool: string;
  readonly stepTypes: () => readonly string[];
}

/** getStatusHandler serves GetStatus. */
export function getStatusHandler(deps: GetStatusDeps): Handlers<typeof ExecutorService>['getStatus'] {
  const { execution, pool, stepTypes } = deps;
  return async () => ({
    executorId: execution.executorId,
    pool,
    slots: execution.slots,
    freeSlots: freeSlots(execution, true),
    stepTypes: [...stepTypes()],
    draining: execution.gate.draining,
  });
}
