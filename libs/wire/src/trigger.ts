import { create } from '@bufbuild/protobuf';
import type {
  CatchUpPolicy,
  PredefinedSchedule,
  SignalTrigger,
  SignalTriggerMatch,
  TimeTrigger,
} from '@maestro/domain';
import {
  CatchUpPolicy as CatchUpPolicyEnum,
  PredefinedSchedule as PredefinedScheduleEnum,
  type SignalTrigger as SignalTriggerMessage,
  type SignalTriggerMatch as SignalTriggerMatchMessage,
  SignalTriggerMatchSchema,
  SignalTriggerParamSchema,
  SignalTriggerSchema,
  type TimeTrigger as TimeTriggerMessage,
  TimeTriggerSchema,
} from '@maestro/proto/maestro/types/v1/trigger';
import { enumTable } from './enum-table.js';
import { fieldPath, invalid, required } from './invalid.js';
import { paramDefinitionsFromProto, paramDefinitionsToProto } from './param-definition.js';
import {
  optionalLongFromProto,
  optionalLongToProto,
  parsableLongFromProto,
  parsableLongToProto,
} from './parsable-long.js';
import { mapValues, optionally, present, whenAny, whenFilled, whenText } from './present.js';
import { MATCH_OPERATOR_TABLE } from './signal.js';
import { signalParamValueFromProto, signalParamValueToProto } from './signal-param-value.js';

export const PREDEFINED_SCHEDULE_TABLE = enumTable<PredefinedSchedule, PredefinedScheduleEnum>({
  '@hourly': PredefinedScheduleEnum.HOURLY,
  '@daily': PredefinedScheduleEnum.DAILY,
  '@weekly': PredefinedScheduleEnum.WEEKLY,
  '@monthly': PredefinedScheduleEnum.MONTHLY,
  '@yearly': PredefinedScheduleEnum.YEARLY,
});

export const CATCH_UP_TABLE = enumTable<CatchUpPolicy, CatchUpPolicyEnum>({
  ALL: CatchUpPolicyEnum.ALL,
  LATEST: CatchUpPolicyEnum.LATEST,
  NONE: CatchUpPolicyEnum.NONE,
});

function scheduleToProto(trigger: TimeTrigger): TimeTriggerMessage['schedule'] {
  switch (trigger.type) {
    case 'CRON':
      return { case: 'cron', value: { $typeName: 'maestro.types.v1.CronTrigger', cron: trigger.cron } };
    case 'PREDEFINED': {
      const expression = PREDEFINED_SCHEDULE_TABLE.toProto(trigger.expression);
      return { case: 'predefined', value: { $typeName: 'maestro.types.v1.PredefinedTrigger', expression } };
    }
    case 'INTERVAL': {
      const value = { interval: parsableLongToProto(trigger.interval), start: trigger.start ?? '' };
      return { case: 'interval', value: { $typeName: 'maestro.types.v1.IntervalTrigger', ...value } };
    }
  }
}

export function timeTriggerToProto(trigger: TimeTrigger): TimeTriggerMessage {
  return create(TimeTriggerSchema, {
    schedule: scheduleToProto(trigger),
    timezone: trigger.timezone ?? '',
    fuzzyMaxDelay: optionalLongToProto(trigger.fuzzyMaxDelay),
    catchUp: trigger.catchUp === undefined ? CatchUpPolicyEnum.UNSPECIFIED : CATCH_UP_TABLE.toProto(trigger.catchUp),
    startDate: trigger.startDate ?? '',
    endDate: trigger.endDate ?? '',
    blackouts: [...(trigger.blackouts ?? [])],
    params: optionally(trigger.params, paramDefinitionsToProto),
    ...present({ maxCatchUp: trigger.maxCatchUp }),
  });
}

/** timeTriggerFromProto: throws INVALID_REQUEST without a schedule. */
export function timeTriggerFromProto(message: TimeTriggerMessage, path = ''): TimeTrigger {
  const common = present({
    timezone: whenText(message.timezone),
    fuzzyMaxDelay: optionalLongFromProto(message.fuzzyMaxDelay, fieldPath(path, 'fuzzy_max_delay')),
    catchUp:
      message.catchUp === CatchUpPolicyEnum.UNSPECIFIED
        ? undefined
        : CATCH_UP_TABLE.fromProto(message.catchUp, fieldPath(path, 'catch_up')),
    maxCatchUp: message.maxCatchUp,
    startDate: whenText(message.startDate),
    endDate: whenText(message.endDate),
    blackouts: whenFilled(message.blackouts),
    params: optionally(message.params, (params) => paramDefinitionsFromProto(params, fieldPath(path, 'params'))),
  });
  const { schedule } = message;
  switch (schedule.case) {
    case 'cron':
      return { type: 'CRON', cron: schedule.value.cron, ...common };
    case 'predefined': {
      const at = fieldPath(path, 'expression');
      const expression = PREDEFINED_SCHEDULE_TABLE.fromProto(schedule.value.expression, at);
      return { type: 'PREDEFINED', expression, ...common };
    }
    case 'interval': {
      const at = fieldPath(path, 'interval');
      const interval = parsableLongFromProto(required(schedule.value.interval, at), at);
      return present({ type: 'INTERVAL' as const, interval, start: whenText(schedule.value.start), ...common });
    }
    case undefined:
      throw invalid(path, 'needs one of cron, predefined and interval');
  }
}

function triggerMatchToProto(match: SignalTriggerMatch): SignalTriggerMatchMessage {
  return create(SignalTriggerMatchSchema, {
    matchParams: mapValues(match.matchParams ?? {}, ({ value, operator }) =>
      create(SignalTriggerParamSchema, {
        value: signalParamValueToProto(value),
        operator: MATCH_OPERATOR_TABLE.toProto(operator),
      }),
    ),
    joinKeys: [...(match.joinKeys ?? [])],
  });
}

function triggerMatchFromProto(message: SignalTriggerMatchMessage, path: string): SignalTriggerMatch {
  const matchParams = mapValues(message.matchParams, ({ value, operator }, name) => {
    const at = fieldPath(fieldPath(path, 'match_params'), name);
    return {
      value: signalParamValueFromProto(required(value, at), at),
      operator: MATCH_OPERATOR_TABLE.fromProto(operator, fieldPath(at, 'operator')),
    };
  });
  return present({ matchParams: whenAny(matchParams), joinKeys: whenFilled(message.joinKeys) });
}

export function signalTriggerToProto(trigger: SignalTrigger): SignalTriggerMessage {
  return create(SignalTriggerSchema, {
    definitions: mapValues(trigger.definitions, triggerMatchToProto),
    params: optionally(trigger.params, paramDefinitionsToProto),
    condition: trigger.condition ?? '',
    dedupExpr: trigger.dedupExpr ?? '',
  });
}

/** signalTriggerFromProto: throws INVALID_REQUEST for a match param without value or operator. */
export function signalTriggerFromProto(message: SignalTriggerMessage, path = ''): SignalTrigger {
  return present({
    definitions: mapValues(message.definitions, (match, name) =>
      triggerMatchFromProto(match, fieldPath(fieldPath(path, 'definitions'), name)),
    ),
    params: optionally(message.params, (params) => paramDefinitionsFromProto(params, fieldPath(path, 'params'))),
    condition: whenText(message.condition),
    dedupExpr: whenText(message.dedupExpr),
  });
}
