import { allocateText } from '../../runtime/machine.js';
import { SelObject, type SelValue } from '../../runtime/value.js';
import { wrongReceiver } from '../arguments.js';
import type { Call, LibraryClass } from '../library-class.js';
import { momentArg, payForDate } from './date-arguments.js';
import { textOfObject } from './object-text.js';
import { between, UNITS } from './period.js';
import { withTimeProblems } from './time-problem.js';

/** Days is a number of days, a DATETIME_DAYS. */
export class Days extends SelObject {
  readonly type = 'DATETIME_DAYS';

  constructor(readonly days: bigint) {
    super();
  }

  text(): string {
    return `P${this.days}D`;
  }
}

/** DAYS_CLASS is Days. */
export const DAYS_CLASS: LibraryClass = {
  names: ['Days'],
  type: 'DATETIME_DAYS',
  statics: withTimeProblems({ 'daysBetween/2': daysBetween }),
  methods: { 'getDays/0': (call) => receiver(call).days, 'toString/0': textOfObject },
};

function receiver(call: Call): Days {
  if (call.receiver instanceof Days) return call.receiver;
  throw wrongReceiver(call, 'DATETIME_DAYS');
}

/** Whole days by the clocks of the first date's zone, so that a day of 23 or 25 hours is a day. */
function daysBetween(call: Call): SelValue {
  const from = momentArg(call, 0);
  payForDate(call, from.zone);
  allocateText(call.machine, 0, call.at);
  return new Days(between(from, momentArg(call, 1), UNITS.Days));
}
