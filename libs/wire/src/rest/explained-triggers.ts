import type { JsonObject } from '@maestro/domain';
import type { ExplainTimeTriggersResponse } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import type {
  ExplainedTrigger,
  ExplainTriggersResponse,
  OpenJoin,
} from '@maestro/proto/maestro/signal/v1/lineage_service';
import { TriggerFindingKind, type TriggerFinding } from '@maestro/proto/maestro/types/v1/trigger';
import { optionally } from '../present.js';
import { signalParamValueFromProto } from '../signal-param-value.js';
import { instantJson, jsonFields, textJson } from './fields.js';
import { firingToJson, subscribedTriggerToJson } from './lineage.js';
import { timeTriggerStateToJson } from './time-trigger.js';

function findingToJson({ kind, since, until, message, remedy }: TriggerFinding): JsonObject {
  return jsonFields({
    kind: TriggerFindingKind[kind],
    since: instantJson(since),
    until: instantJson(until),
    message,
    remedy: textJson(remedy),
  });
}

/** explainedTimeTriggersToJson: why time triggers fired or do not; not in the original. */
export function explainedTimeTriggersToJson({ findings, triggers }: ExplainTimeTriggersResponse): JsonObject {
  return {
    findings: findings.map(findingToJson),
    triggers: triggers.map((each) => ({
      ...optionally(each.state, timeTriggerStateToJson),
      findings: each.findings.map(findingToJson),
    })),
  };
}

function openJoinToJson({ values, held, missing, since }: OpenJoin): JsonObject {
  return {
    values: values.map((value) => signalParamValueFromProto(value)),
    held: { ...held },
    missing,
    since,
  };
}

function explainedTriggerToJson(message: ExplainedTrigger): JsonObject {
  return jsonFields({
    ...optionally(message.trigger, subscribedTriggerToJson),
    signals: message.signals.map(({ name, lastSeqId, lastTime, held }) =>
      jsonFields({ name, last_seq_id: lastSeqId, last_time: instantJson(lastTime), held }),
    ),
    joins: message.joins.map(openJoinToJson),
    open_joins: message.openJoins,
    last_firing: optionally(message.lastFiring, firingToJson),
    findings: message.findings.map(findingToJson),
  });
}

/** explainedSignalTriggersToJson: which signals triggers still miss, and what they did last; not in the original. */
export function explainedSignalTriggersToJson({ findings, triggers }: ExplainTriggersResponse): JsonObject {
  return { findings: findings.map(findingToJson), triggers: triggers.map(explainedTriggerToJson) };
}
