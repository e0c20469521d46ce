import type { SelValue } from '../../runtime/value.js';
import { argument, wrongArgument } from '../arguments.js';
import type { Call, Members } from '../library-class.js';
import { payForDate, smallArg, zoneArg } from './date-arguments.js';
import { FIELDS, setField } from './field.js';
import { checkedMs } from './instant-range.js';
import { isoLocalText } from './iso-text.js';
import { readIso } from './iso-reader.js';
import { Moment } from './moment.js';
import { payForText } from './object-text.js';
import { strictInstantOf, UTC, type Zone } from './zone.js';

/** dateTimeConstructors are `new DateTime(..)`. */
export const dateTimeConstructors: Members = {
  'new/0': (call) => fromInstant(call, call.machine.environment.nowMs, UTC),
  'new/1': (call) => fromValue(call, zoneOfValue(argument(call, 0))),
  'new/2': (call) => fromValue(call, zoneArg(call, 1)),
  'new/8': fromFields,
};

function zoneOfValue(value: SelValue): Zone {
  return value instanceof Moment ? value.zone : UTC;
}

function fromValue(call: Call, zone: Zone): SelValue {
  const value = argument(call, 0);
  if (typeof value === 'bigint') return fromInstant(call, Number(value), zone);
  if (value instanceof Moment) return fromInstant(call, value.ms, zone);
  if (typeof value !== 'string') throw wrongArgument(call, 0, 'LONG (milliseconds), STRING (ISO 8601) or DATETIME');
  payForDate(call, zone);
  payForText(call, value);
  return readIso(value, zone);
}

function fromInstant(call: Call, ms: number, zone: Zone): SelValue {
  payForDate(call, zone);
  return new Moment(ms, zone);
}

const CLOCK = [FIELDS.hourOfDay, FIELDS.minuteOfHour, FIELDS.secondOfMinute, FIELDS.millisOfSecond];

/** Year, month, day, hour, minute, second, millisecond, zone: each in its range, and not in a gap of the zone. */
function fromFields(call: Call): SelValue {
  const zone = zoneArg(call, 7);
  payForDate(call, zone);
  const year = setField(FIELDS.year, 0, smallArg(call, 0));
  const month = setField(FIELDS.monthOfYear, year, smallArg(call, 1));
  const day = setField(FIELDS.dayOfMonth, month, smallArg(call, 2));
  const local = CLOCK.reduce((sum, field, index) => setField(field, sum, smallArg(call, index + 3)), day);
  return new Moment(strictInstantOf(checkedMs(local), zone, isoLocalText), zone);
}
