import type { SelValue } from '../../runtime/value.js';
import { allocateText } from '../../runtime/machine.js';
import { argument, textArg, wrongArgument, wrongReceiver } from '../arguments.js';
import type { Call, LibraryClass } from '../library-class.js';
import { payForDate, textOrLongArg, zoneArg } from './date-arguments.js';
import { Formatter } from './formatter.js';
import { formatterOf, parsed, printed } from './formatters.js';
import { Moment } from './moment.js';
import { withTimeProblems } from './time-problem.js';
import { UTC } from './zone.js';

/** DATE_TIME_FORMAT_CLASS is DateTimeFormat and DateTimeFormatter, one class here: printing and reading by a Joda pattern. */
export const DATE_TIME_FORMAT_CLASS: LibraryClass = {
  names: ['DateTimeFormat', 'DateTimeFormatter'],
  type: 'DATETIME_FORMATTER',
  statics: withTimeProblems({ 'forPattern/1': (call) => formatterOf(call, textArg(call, 0)) }),
  methods: withTimeProblems({
    'withZone/1': withZone,
    'parseDateTime/1': (call) => parsed(call, receiver(call), textOrLongArg(call, 0)),
    'parseMillis/1': (call) => BigInt(parsed(call, receiver(call), textArg(call, 0)).ms),
    'print/1': (call) => printed(call, receiver(call), dateOf(call)),
    'toString/0': (call) => {
      const text = receiver(call).text();
      allocateText(call.machine, text.length, call.at);
      return text;
    },
  }),
};

function receiver(call: Call): Formatter {
  if (call.receiver instanceof Formatter) return call.receiver;
  throw wrongReceiver(call, 'DATETIME_FORMATTER');
}

function withZone(call: Call): SelValue {
  const zone = zoneArg(call, 0);
  payForDate(call, zone);
  return receiver(call).withZone(zone);
}

function dateOf(call: Call): Moment {
  const value = argument(call, 0);
  if (value instanceof Moment) return value;
  if (typeof value === 'bigint') return new Moment(Number(value), UTC);
  throw wrongArgument(call, 0, 'DATETIME or LONG');
}
