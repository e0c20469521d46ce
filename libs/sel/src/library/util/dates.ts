import { allocateItems, allocateText, burn } from '../../runtime/machine.js';
import { SelArray, type SelValue } from '../../runtime/value.js';
import { longArg, textArg } from '../arguments.js';
import type { Call, Members } from '../library-class.js';
import { longFrom } from '../long.js';
import { momentArg, payForDate, textOrLongArg } from '../time/date-arguments.js';
import { DAY, HOUR } from '../time/civil.js';
import { checkedMs } from '../time/instant-range.js';
import { isoLocalText } from '../time/iso-text.js';
import { Moment } from '../time/moment.js';
import { payForText } from '../time/object-text.js';
import { plus, UNITS } from '../time/period.js';
import { TimeProblem, withTimeProblems } from '../time/time-problem.js';
import { ZONE_LOOKUP_COST, zoneOf } from '../time/zone-ids.js';
import { strictInstantOf } from '../time/zone.js';
import { dateIntNumber, dateIntText, dayMs, dayOfDateInt } from './date-int.js';
import { durationMs } from './duration-words.js';

/** A date int, a duration or a number of milliseconds with its unit is shorter than this. */
const TEXT_WIDTH = 40;
const MAX_HOUR = 23;

/** DATES are the functions of Util on dates as numbers such as 20210131 (date ints), all in UTC but for `dateIntHourToTs`. */
export const DATES: Members = withTimeProblems({
  'dateIntToTs/1': (call) => BigInt(dayMs(dayArg(call, 0))),
  'tsToDateInt/1': tsToDateInt,
  'incrementDateInt/2': incrementDateInt,
  'timeoutForDateTimeDeadline/2': (call) => remaining(call, momentArg(call, 0).ms),
  'timeoutForDateIntDeadline/2': (call) => remaining(call, dayMs(dayArg(call, 0))),
  'dateIntsBetween/3': dateIntsBetween,
  'dateIntHourToTs/5': dateIntHourToTs,
});

function dayArg(call: Call, index: number): number {
  return dayOfDateInt(textOrLongArg(call, index));
}

function tsToDateInt(call: Call): SelValue {
  const ms = checkedMs(Number(longFrom(call, 0)));
  allocateText(call.machine, TEXT_WIDTH, call.at);
  return dateIntText(Math.floor(ms / DAY));
}

function incrementDateInt(call: Call): SelValue {
  const ms = dayMs(dayArg(call, 0)) + Number(longArg(call, 1)) * DAY;
  allocateText(call.machine, TEXT_WIDTH, call.at);
  return dateIntText(checkedMs(ms) / DAY);
}

/** What is left now of a duration that starts at an instant, never below zero. */
function remaining(call: Call, startMs: number): SelValue {
  const duration = textArg(call, 1);
  payForText(call, duration);
  const deadline = checkedMs(startMs + durationMs(duration));
  allocateText(call.machine, TEXT_WIDTH, call.at);
  return `${Math.max(deadline - Math.floor(call.machine.environment.nowMs), 0)} milliseconds`;
}

/** [from, to) by steps of days; with a negative step the days of [to, from) from the last step back to `to`. */
function dateIntsBetween(call: Call): SelValue {
  const step = Number(longFrom(call, 2));
  if (step === 0) throw new TimeProblem('the step between dates may not be 0');
  const [first, end] = step > 0 ? [dayArg(call, 0), dayArg(call, 1)] : [dayArg(call, 1), dayArg(call, 0)];
  const days = Math.abs(step);
  const count = Math.max(0, Math.ceil((end - first) / days));
  allocateItems(call.machine, count, call.at);
  const items = Array.from({ length: count }, (_, index) => dateIntNumber(first + index * days));
  return new SelArray('LONG', step > 0 ? items : items.reverse());
}

/** The hour of a date in a zone, then days of the calendar and hours earlier. */
function dateIntHourToTs(call: Call): SelValue {
  burn(call.machine, ZONE_LOOKUP_COST);
  const zone = zoneOf(textArg(call, 2));
  payForDate(call, zone);
  const local = dayMs(dayArg(call, 0)) + hourArg(call, 1) * HOUR;
  const start = new Moment(strictInstantOf(checkedMs(local), zone, isoLocalText), zone);
  const day = plus(start, UNITS.Days, -longFrom(call, 3));
  return BigInt(plus(day, UNITS.Hours, -longFrom(call, 4)).ms);
}

function hourArg(call: Call, index: number): number {
  const text = textOrLongArg(call, index);
  const hour = /^\d{1,2}$/.test(text) ? Number(text) : MAX_HOUR + 1;
  if (hour <= MAX_HOUR) return hour;
  throw new TimeProblem(
    `argument ${index + 1} of ${call.name}() must be an hour from 0 to 23, not "${text.slice(0, 20)}"`,
  );
}
