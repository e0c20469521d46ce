import type { Handler } from '@maestro/grpc';
import { LineageService } from '@maestro/proto/maestro/signal/v1/lineage_service';
import { instantToProto, signalParamValueToProto, triggerFindingToProto } from '@maestro/wire';
import type { TriggerStanding } from '../ports/trigger-standings.js';
import { missingOf } from '../usecases/explain-standing.js';
import { explainTriggers } from '../usecases/explain-triggers.js';
import type { LineageDeps } from './lineage-deps.js';
import { firingToProto, subscribedToProto } from './lineage-messages.js';

/** explainTriggersRpc serves ExplainTriggers. */
export function explainTriggersRpc(deps: LineageDeps): Handler<typeof LineageService.method.explainTriggers> {
  return async ({ workflowId, triggerUuid }) => {
    const { findings, triggers } = await explainTriggers(deps, workflowId, triggerUuid);
    return {
      findings: findings.map(triggerFindingToProto),
      triggers: triggers.map((each) => ({
        ...standingToProto(each.standing),
        findings: each.findings.map(triggerFindingToProto),
      })),
    };
  };
}

function standingToProto({ signals, joins, openJoins, lastFiring, ...live }: TriggerStanding) {
  const names = Object.keys(live.trigger.definitions);
  return {
    trigger: subscribedToProto(live),
    signals: signals.map(({ name, lastSeq, lastTime, held }) => {
      return { name, lastSeqId: lastSeq, lastTime: instantToProto(lastTime), held };
    }),
    joins: joins.map(({ values, held, since }) => ({
      values: values.map(signalParamValueToProto),
      held: { ...held },
      missing: [...missingOf(held, names)],
      since: BigInt(since),
    })),
    openJoins,
    ...(lastFiring === undefined ? {} : { lastFiring: firingToProto(lastFiring) }),
  };
}
