import { setField, type Field } from './field.js';
import { isoLocalText } from './iso-text.js';
import { withLocal, type Moment } from './moment.js';
import { TimeProblem } from './time-problem.js';

/**
 * withField sets one field of a date. The offset stays the same where it can; where the zone skips the new time, the date moves
 * behind the gap, unless that would change the field itself. TimeProblem then, and for values out of range.
 */
export function withField(moment: Moment, field: Field, value: number): Moment {
  const local = setField(field, moment.local, value);
  const set = withLocal(moment, local);
  if (field.get(set.local) === value) return set;
  throw new TimeProblem(
    `${field.name} cannot be ${value}: there is no ${isoLocalText(local)} in ${moment.zone.id}, the clock is put forward over it`,
  );
}
