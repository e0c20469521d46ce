import { create } from '@bufbuild/protobuf';
import { type LogLevel, STEP_STATUSES, type TimelineEvent, WORKFLOW_INSTANCE_STATUSES } from '@maestro/domain';
import {
  LogLevel as LogLevelEnum,
  type TimelineEvent as TimelineEventMessage,
  TimelineEventSchema,
} from '@maestro/proto/maestro/types/v1/instance';
import { enumTable } from './enum-table.js';
import { fieldPath, invalid } from './invalid.js';
import { jsonValueFromProto, jsonValueToProto } from './json.js';
import { optionally, present, whenText } from './present.js';

export const LOG_LEVEL_TABLE = enumTable<LogLevel, LogLevelEnum>({
  TRACE: LogLevelEnum.TRACE,
  DEBUG: LogLevelEnum.DEBUG,
  INFO: LogLevelEnum.INFO,
  WARN: LogLevelEnum.WARN,
  ERROR: LogLevelEnum.ERROR,
});

type EventMessage = TimelineEventMessage['event'];
type Of<T extends TimelineEvent['type']> = Extract<TimelineEvent, { readonly type: T }>;
const NAMES = 'maestro.types.v1';

function actionToProto(event: Of<'ACTION'>): EventMessage {
  const { action, author, message = '', reason = '' } = event;
  const info = optionally(event.info, jsonValueToProto);
  return { case: 'action', value: { $typeName: `${NAMES}.ActionEntry`, action, author, message, reason, info } };
}

function eventToProto(event: TimelineEvent): EventMessage {
  switch (event.type) {
    case 'LOG': {
      const level = LOG_LEVEL_TABLE.toProto(event.level);
      return { case: 'log', value: { $typeName: `${NAMES}.LogEntry`, level, message: event.message } };
    }
    case 'DETAILS': {
      const { status, message, retryable } = event;
      const fields = { status, message, retryable, errors: [...event.errors] };
      return { case: 'details', value: { $typeName: `${NAMES}.DetailsEntry`, ...fields } };
    }
    case 'STATUS':
      return { case: 'status', value: { $typeName: `${NAMES}.StatusEntry`, status: event.status } };
    case 'ACTION':
      return actionToProto(event);
    case 'MILESTONE': {
      const { status, milestoneType, sourceId = '', info = '' } = event;
      const fields = { status, milestoneType, sourceId, info };
      return { case: 'milestone', value: { $typeName: `${NAMES}.MilestoneEntry`, ...fields } };
    }
  }
}

export function timelineEventToProto(event: TimelineEvent): TimelineEventMessage {
  return create(TimelineEventSchema, { timestamp: BigInt(event.timestamp), event: eventToProto(event) });
}

const STATUSES: ReadonlySet<string> = new Set([...STEP_STATUSES, ...WORKFLOW_INSTANCE_STATUSES]);
const isStatus = (text: string): text is Of<'STATUS'>['status'] => STATUSES.has(text);

function statusFromProto(status: string, timestamp: number, path: string): TimelineEvent {
  if (!isStatus(status)) throw invalid(fieldPath(path, 'status'), `unknown status "${status}"`);
  return { type: 'STATUS', timestamp, status };
}

/** timelineEventFromProto: throws INVALID_REQUEST when no event is set, and for an unknown level or status. */
export function timelineEventFromProto(message: TimelineEventMessage, path = ''): TimelineEvent {
  const timestamp = Number(message.timestamp);
  const { event } = message;
  switch (event.case) {
    case undefined:
      throw invalid(path, 'needs one of log, details, status, action and milestone');
    case 'log': {
      const level = LOG_LEVEL_TABLE.fromProto(event.value.level, fieldPath(path, 'level'));
      return { type: 'LOG', timestamp, level, message: event.value.message };
    }
    case 'details': {
      const { status, message: text, errors, retryable } = event.value;
      return { type: 'DETAILS', timestamp, status, message: text, errors, retryable };
    }
    case 'status':
      return statusFromProto(event.value.status, timestamp, path);
    case 'action': {
      const { action, author, message: text, reason } = event.value;
      const info = optionally(event.value.info, jsonValueFromProto);
      const texts = { message: whenText(text), reason: whenText(reason) };
      return present({ type: 'ACTION' as const, timestamp, action, author, ...texts, info });
    }
    case 'milestone': {
      const { status, milestoneType, sourceId, info } = event.value;
      const texts = { sourceId: whenText(sourceId), info: whenText(info) };
      return present({ type: 'MILESTONE' as const, timestamp, status, milestoneType, ...texts });
    }
  }
}
