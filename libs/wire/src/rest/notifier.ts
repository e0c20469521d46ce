import type { JsonObject } from '@maestro/domain';
import type { Delivery, Webhook } from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { DELIVERY_STATE_TABLE } from '../delivery-state.js';
import { instantJson, jsonFields, textJson } from './fields.js';

/** webhookToJson: a webhook; `secret` is there where it is new. */
export function webhookToJson(message: Webhook, secret = ''): JsonObject {
  return jsonFields({
    id: message.id,
    url: message.url,
    description: textJson(message.description),
    event_types: message.eventTypes,
    workflow_ids: message.workflowIds,
    disabled: message.disabled,
    disabled_reason: textJson(message.disabledReason),
    created_by: message.createdBy,
    create_time: instantJson(message.createTime),
    update_time: instantJson(message.updateTime),
    secret: textJson(secret),
  });
}

/** deliveryToJson: something that somebody outside is told, and what became of it. */
export function deliveryToJson(message: Delivery): JsonObject {
  return jsonFields({
    id: message.id,
    message_id: message.messageId,
    channel: message.channel,
    target: message.target,
    kind: message.kind,
    workflow_id: textJson(message.workflowId),
    state: DELIVERY_STATE_TABLE.fromProto(message.state, 'state'),
    attempts: BigInt(message.attempts),
    last_answer: textJson(message.lastAnswer),
    next_try: instantJson(message.nextTry),
    create_time: instantJson(message.createTime),
    settle_time: instantJson(message.settleTime),
  });
}
