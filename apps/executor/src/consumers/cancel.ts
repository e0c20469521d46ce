import { fromBinary } from '@bufbuild/protobuf';
import { CancelBatchSchema } from '@maestro/proto/maestro/executor/v1/task';
import type { HintHandler } from '@maestro/messaging';
import { cancelAttempts } from '../usecases/cancel-attempts.js';
import type { Execution } from '../usecases/execution.js';

/** cancelHandler hears `maestro.executors.cancel` and `maestro.executor.<id>.cancel`. */
export function cancelHandler(execution: Execution): HintHandler {
  return (data) => cancelAttempts(execution, fromBinary(CancelBatchSchema, data));
}
