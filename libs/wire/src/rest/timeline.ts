import type { JsonObject, TimelineEvent } from '@maestro/domain';
import type { TimelineEvent as TimelineEventMessage } from '@maestro/proto/maestro/types/v1/instance';
import { timelineEventFromProto } from '../timeline.js';
import { jsonFields, listJson } from './fields.js';

function ownFields(event: TimelineEvent): JsonObject {
  switch (event.type) {
    case 'LOG':
      return { level: event.level, message: event.message };
    case 'DETAILS': {
      const { status, message, errors, retryable } = event;
      return { status, message, errors: listJson(errors, (error) => error), retryable: retryable || undefined };
    }
    case 'STATUS':
      return { status: event.status };
    case 'ACTION': {
      const { action, author, message, reason, info } = event;
      return { action, author, message, reason, info };
    }
    case 'MILESTONE': {
      const { status, milestoneType, sourceId, info } = event;
      return { status, milestone_type: milestoneType, source_id: sourceId, info };
    }
  }
}

/** timelineEventToJson: the shape of §3.8 of Maestro's model. */
export function timelineEventToJson(message: TimelineEventMessage): JsonObject {
  const event = timelineEventFromProto(message);
  return jsonFields({ type: event.type, timestamp: message.timestamp, ...ownFields(event) });
}
