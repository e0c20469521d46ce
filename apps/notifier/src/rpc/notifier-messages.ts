import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  DeliveryFilter as FilterMessage,
  DeliverySchema,
  WebhookSchema,
} from '@maestro/proto/maestro/notifier/v1/notifier_service';
import { DELIVERY_STATE_TABLE, instantToProto } from '@maestro/wire';
import type { DeliveryFilter, LoggedDelivery } from '../ports/delivery-log.js';
import type { Webhook } from '../ports/webhook.js';

export function webhookToProto(webhook: Webhook): MessageInitShape<typeof WebhookSchema> {
  const { id, url, description, eventTypes, workflowIds, disabled, disabledReason = '', createdBy } = webhook;
  return {
    id,
    url,
    description,
    eventTypes: [...eventTypes],
    workflowIds: [...workflowIds],
    disabled,
    disabledReason,
    createdBy,
    createTime: instantToProto(webhook.createTime),
    updateTime: instantToProto(webhook.updateTime),
  };
}

export function deliveryToProto(delivery: LoggedDelivery): MessageInitShape<typeof DeliverySchema> {
  const { key, messageId, channel, target, kind, workflowId = '', state, attempts, lastAnswer = '' } = delivery;
  return {
    id: key,
    messageId,
    channel,
    target,
    kind,
    workflowId,
    state: DELIVERY_STATE_TABLE.toProto(state),
    attempts,
    lastAnswer,
    nextTry: instantToProto(delivery.nextTry),
    createTime: instantToProto(delivery.createTime),
    settleTime: instantToProto(delivery.settleTime),
  };
}

export function filterFromProto(message: FilterMessage | undefined): DeliveryFilter {
  const { channel = '', target = '', kind = '', workflowId = '' } = message ?? {};
  return {
    ...(channel === '' ? {} : { channel }),
    ...(target === '' ? {} : { target }),
    ...(kind === '' ? {} : { kind }),
    ...(workflowId === '' ? {} : { workflowId }),
  };
}
