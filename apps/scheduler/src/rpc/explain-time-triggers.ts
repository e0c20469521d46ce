import type { Handler } from '@maestro/grpc';
import { TriggerService } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { instantFromProto, triggerFindingToProto } from '@maestro/wire';
import { explainTriggers, type ExplainTriggersDeps } from '../usecases/time-triggers/explain-triggers.js';
import { triggerToProto } from './time-trigger-message.js';

/** explainTimeTriggersRpc serves ExplainTimeTriggers. */
export function explainTimeTriggersRpc(
  deps: ExplainTriggersDeps,
): Handler<typeof TriggerService.method.explainTimeTriggers> {
  return async ({ workflowId, triggerId, nominalTime }) => {
    const at = instantFromProto(nominalTime);
    const { findings, triggers } = await explainTriggers(deps, { workflowId, triggerId, at });
    return {
      findings: findings.map(triggerFindingToProto),
      triggers: triggers.map((each) => ({
        state: triggerToProto(deps, each.row),
        findings: each.findings.map(triggerFindingToProto),
      })),
    };
  };
}
