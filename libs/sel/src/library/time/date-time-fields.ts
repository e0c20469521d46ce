import { allocateText } from '../../runtime/machine.js';
import type { SelValue } from '../../runtime/value.js';
import type { Call, Members } from '../library-class.js';
import { momentReceiver, payForDate, smallArg } from './date-arguments.js';
import { FIELDS, type Field } from './field.js';
import { withField } from './moment-fields.js';
import { Property } from './property-value.js';

/** dateTimeFieldMembers are `getYear()`, `withYear(2021)` and `year()`, the property, for each field. */
export const dateTimeFieldMembers: Members = Object.fromEntries(
  Object.values<Field>(FIELDS).flatMap((field) => {
    const { name } = field;
    const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return [
      [`get${capital}/0`, (call: Call): SelValue => BigInt(field.get(momentReceiver(call).local))],
      [`with${capital}/1`, (call: Call): SelValue => set(call, field)],
      [`${name}/0`, (call: Call): SelValue => propertyOf(call, field)],
    ];
  }),
);

function set(call: Call, field: Field): SelValue {
  const moment = momentReceiver(call);
  payForDate(call, moment.zone);
  return withField(moment, field, smallArg(call, 0));
}

function propertyOf(call: Call, field: Field): SelValue {
  allocateText(call.machine, 0, call.at);
  return new Property(momentReceiver(call), field);
}
