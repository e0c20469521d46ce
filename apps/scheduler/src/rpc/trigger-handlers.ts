import type { Handlers } from '@maestro/grpc';
import type { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import type { ExplainTriggersDeps } from '../usecases/time-triggers/explain-triggers.js';
import { explainTimeTriggersRpc } from './explain-time-triggers.js';
import { fireTimeTriggerRpc } from './fire-time-trigger.js';
import { listTimeTriggersRpc } from './list-time-triggers.js';
import { pauseTimeTriggerRpc } from './pause-time-trigger.js';
import { resumeTimeTriggerRpc } from './resume-time-trigger.js';

/** triggerHandlers has one handler an RPC. */
export function triggerHandlers(deps: ExplainTriggersDeps): Handlers<typeof TriggerService> {
  return {
    listTimeTriggers: listTimeTriggersRpc(deps),
    explainTimeTriggers: explainTimeTriggersRpc(deps),
    pauseTimeTrigger: pauseTimeTriggerRpc(deps),
    resumeTimeTrigger: resumeTimeTriggerRpc(deps),
    fireTimeTrigger: fireTimeTriggerRpc(deps),
  };
}
