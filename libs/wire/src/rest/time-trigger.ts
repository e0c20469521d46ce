import type { Json, JsonObject } from '@maestro/domain';
import { timeTriggersToJson } from '@maestro/dsl';
import {
  TimeTriggerStatus,
  type FireTimeTriggerResponse,
  type TimeTriggerState,
} from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { invalid } from '../invalid.js';
import { timeTriggerFromProto } from '../trigger.js';
import { instantJson, jsonFields } from './fields.js';

/** timeTriggerStateToJson: a time trigger with how far it has come and its next firings; not in the original. */
export function timeTriggerStateToJson(message: TimeTriggerState): JsonObject {
  if (message.trigger === undefined) throw invalid('trigger', 'is missing');
  const [trigger] = timeTriggersToJson([timeTriggerFromProto(message.trigger)]) as readonly Json[];
  return jsonFields({
    workflow_id: message.workflowId,
    trigger_id: message.triggerId,
    trigger,
    status: TimeTriggerStatus[message.status],
    next_fire_time: instantJson(message.nextFireTime),
    next_nominal_time: instantJson(message.nextNominalTime),
    delay_millis: message.delayMillis,
    watermark: instantJson(message.watermark),
    last_fired_nominal_time: instantJson(message.lastFiredNominalTime),
    last_instance_id: instantJson(message.lastInstanceId),
    fired_count: message.firedCount,
    skipped_count: message.skippedCount,
    paused_by: message.pausedBy === '' ? undefined : message.pausedBy,
    pause_time: instantJson(message.pauseTime),
    reason: message.reason === '' ? undefined : message.reason,
    next_nominal_times: [...message.nextNominalTimes],
  });
}

/** firedTriggerToJson: the run that a trigger was fired for by hand. */
export function firedTriggerToJson(message: FireTimeTriggerResponse): JsonObject {
  return {
    workflow_id: message.workflowId,
    workflow_instance_id: message.workflowInstanceId,
    workflow_run_id: message.workflowRunId,
    duplicated: message.duplicated,
    nominal_time: message.nominalTime,
  };
}
