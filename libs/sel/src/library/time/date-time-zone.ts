import { allocateText, burn } from '../../runtime/machine.js';
import type { SelValue } from '../../runtime/value.js';
import { argument, textArg, wrongArgument, wrongReceiver } from '../arguments.js';
import type { Call, LibraryClass } from '../library-class.js';
import { payForDate } from './date-arguments.js';
import { Moment } from './moment.js';
import { textOfObject } from './object-text.js';
import { checkedMs } from './instant-range.js';
import { withTimeProblems } from './time-problem.js';
import { ZONE_LOOKUP_COST, zoneOf } from './zone-ids.js';
import { UTC, Zone } from './zone.js';

/** DATE_TIME_ZONE_CLASS is DateTimeZone: a time zone. */
export const DATE_TIME_ZONE_CLASS: LibraryClass = {
  names: ['DateTimeZone'],
  type: 'DATETIME_ZONE',
  statics: withTimeProblems({ 'forID/1': forId }),
  fields: { UTC },
  methods: withTimeProblems({
    'getOffset/1': offsetOf,
    'getID/0': textOfObject,
    'toString/0': textOfObject,
  }),
};

function forId(call: Call): SelValue {
  const id = textArg(call, 0);
  burn(call.machine, ZONE_LOOKUP_COST);
  allocateText(call.machine, 0, call.at);
  return zoneOf(id);
}

/** Of a DATETIME, or of a LONG of milliseconds from 1970 UTC; milliseconds to add to UTC. */
function offsetOf(call: Call): SelValue {
  if (!(call.receiver instanceof Zone)) throw wrongReceiver(call, 'DATETIME_ZONE');
  payForDate(call, call.receiver);
  return BigInt(call.receiver.offsetAt(checkedMs(msOf(call))));
}

function msOf(call: Call): number {
  const value = argument(call, 0);
  if (value instanceof Moment) return value.ms;
  if (typeof value === 'bigint') return Number(value);
  throw wrongArgument(call, 0, 'DATETIME or LONG');
}
