import type { SelValue } from '../../runtime/value.js';
import { longArg } from '../arguments.js';
import type { Call, Members } from '../library-class.js';
import { momentArg, momentReceiver, payForDate } from './date-arguments.js';
import { between, plus, UNITS, type Unit } from './period.js';

/** dateTimePeriodMembers are `plusDays(n)`, `minusDays(n)` and `daysUntil(other)` for each unit. */
export const dateTimePeriodMembers: Members = Object.fromEntries(
  Object.entries(UNITS).flatMap(([name, unit]) => [
    [`plus${name}/1`, (call: Call): SelValue => moved(call, unit, 1n)],
    [`minus${name}/1`, (call: Call): SelValue => moved(call, unit, -1n)],
    [`${name.toLowerCase()}Until/1`, (call: Call): SelValue => until(call, unit)],
  ]),
);

function moved(call: Call, unit: Unit, sign: bigint): SelValue {
  const moment = momentReceiver(call);
  payForDate(call, moment.zone);
  return plus(moment, unit, sign * longArg(call, 0));
}

function until(call: Call, unit: Unit): SelValue {
  const moment = momentReceiver(call);
  payForDate(call, moment.zone);
  return between(moment, momentArg(call, 0), unit);
}
