import { DEFAULT_RUN_STRATEGY } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { runStrategyFromProto } from '@maestro/wire';
import { checkStrategySwitch } from '../usecases/check-strategy-switch.js';
import type { ReadDeps } from './read-deps.js';

/** checkStrategySwitchRpc serves CheckStrategySwitch. */
export function checkStrategySwitchRpc({
  reader,
}: ReadDeps): Handler<typeof SchedulerService.method.checkStrategySwitch> {
  return async ({ workflowId, runStrategy }) => {
    const to = runStrategy === undefined ? DEFAULT_RUN_STRATEGY : runStrategyFromProto(runStrategy, 'run_strategy');
    await checkStrategySwitch(reader, workflowId, to);
    return {};
  };
}
