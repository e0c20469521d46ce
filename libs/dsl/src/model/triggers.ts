import {
  CATCH_UPS,
  MATCH_OPERATORS,
  PREDEFINED_SCHEDULES,
  type CronTrigger,
  type IntervalTrigger,
  type PredefinedTrigger,
  type SignalParamValue,
  type SignalTrigger,
  type SignalTriggerMatch,
  type TimeTrigger,
} from '@maestro/domain';
import { dictionary, list, type Codec } from '../reading/codec.js';
import { object, optional, required } from '../reading/object.js';
import { int64, integer, oneOf, parsableLong, text } from '../reading/scalars.js';
import { typed } from '../reading/union.js';
import { paramDefinitions } from './params.js';

const common = {
  timezone: optional(text),
  fuzzyMaxDelay: optional(parsableLong),
  catchUp: optional(oneOf(CATCH_UPS)),
  maxCatchUp: optional(integer),
  startDate: optional(text),
  endDate: optional(text),
  blackouts: optional(list(text)),
  params: optional(paramDefinitions),
};

/** timeTriggers (specification 1.9). */
export const timeTriggers = list(
  typed<TimeTrigger>({
    CRON: object<Omit<CronTrigger, 'type'>>({ cron: required(text, ''), ...common }),
    PREDEFINED: object<Omit<PredefinedTrigger, 'type'>>({
      expression: required(oneOf(PREDEFINED_SCHEDULES), '@daily'),
      ...common,
    }),
    INTERVAL: object<Omit<IntervalTrigger, 'type'>>({
      interval: required(parsableLong, ''),
      start: optional(text),
      ...common,
    }),
  }),
);

/** signalParamValue: text or a 64-bit integer. */
export const signalParamValue: Codec<SignalParamValue> = {
  read: (cursor) => {
    if (typeof cursor.raw === 'string') return cursor.raw;
    return typeof cursor.raw === 'bigint' ? int64(cursor) : cursor.expected('text or a whole number');
  },
  write: (value) => value,
};

type MatchValue = NonNullable<SignalTriggerMatch['matchParams']>[string];

const triggerMatch = object<SignalTriggerMatch>({
  matchParams: optional(
    dictionary(
      object<MatchValue>({
        value: required(signalParamValue, ''),
        operator: required(oneOf(MATCH_OPERATORS), '='),
      }),
    ),
  ),
  joinKeys: optional(list(text)),
});

/** signalTriggers (specification 1.9). */
export const signalTriggers = list(
  object<SignalTrigger>({
    definitions: required(dictionary(triggerMatch), {}),
    params: optional(paramDefinitions),
    condition: optional(text),
    dedupExpr: optional(text),
  }),
);
