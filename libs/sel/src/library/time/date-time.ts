import type { SelValue } from '../../runtime/value.js';
import { textArg } from '../arguments.js';
import type { Call, LibraryClass } from '../library-class.js';
import { dateTimeConstructors } from './date-time-constructors.js';
import { dateTimeFieldMembers } from './date-time-fields.js';
import { formatterArg, momentArg, momentReceiver, payForDate, zoneArg } from './date-arguments.js';
import { dateTimePeriodMembers } from './date-time-periods.js';
import { formatterOf, parsed, printed } from './formatters.js';
import { readIsoWithOffset } from './iso-reader.js';
import { Moment } from './moment.js';
import { payForText, textOfObject } from './object-text.js';
import { startOfDay, truncatedTo } from './truncation.js';
import { withTimeProblems } from './time-problem.js';
import { UTC } from './zone.js';

/** DATE_TIME_CLASS is DateTime: an instant in a time zone, with the members and rules of Joda's. */
export const DATE_TIME_CLASS: LibraryClass = {
  names: ['DateTime'],
  type: 'DATETIME',
  constructors: withTimeProblems(dateTimeConstructors),
  statics: withTimeProblems({
    'parse/1': parseIso,
    'parse/2': (call) => parsed(call, formatterArg(call, 1), textArg(call, 0)),
  }),
  methods: withTimeProblems({
    'toString/0': textOfObject,
    'toString/1': (call) => printed(call, formatterOf(call, textArg(call, 0)), momentReceiver(call)),
    'withZone/1': inZone,
    'toDateTime/1': inZone,
    'getZone/0': (call) => momentReceiver(call).zone,
    'isAfter/1': (call) => momentReceiver(call).ms > momentArg(call, 0).ms,
    'isBefore/1': (call) => momentReceiver(call).ms < momentArg(call, 0).ms,
    'isEqual/1': (call) => momentReceiver(call).ms === momentArg(call, 0).ms,
    'getMillis/0': (call) => BigInt(momentReceiver(call).ms),
    'withTimeAtStartOfDay/0': (call) => startOfDay(paid(call)),
    'truncatedTo/1': (call) => truncatedTo(paid(call), textArg(call, 0)),
    ...dateTimeFieldMembers,
    ...dateTimePeriodMembers,
  }),
};

function paid(call: Call): Moment {
  const moment = momentReceiver(call);
  payForDate(call, moment.zone);
  return moment;
}

function inZone(call: Call): SelValue {
  const zone = zoneArg(call, 0);
  payForDate(call, zone);
  return new Moment(momentReceiver(call).ms, zone);
}

function parseIso(call: Call): SelValue {
  const text = textArg(call, 0);
  payForText(call, text);
  return readIsoWithOffset(text, UTC);
}
