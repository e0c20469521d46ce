import { FIELDS, type Field } from './field.js';
import { withLocal, Moment } from './moment.js';
import { TimeProblem } from './time-problem.js';
import { instantOf } from './zone.js';

/** The fields whose unit a date can be cut down to, by the name of the unit. */
const TRUNCATIONS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['year', FIELDS.year],
  ['month', FIELDS.monthOfYear],
  ['week', FIELDS.weekOfWeekyear],
  ['day', FIELDS.dayOfMonth],
  ['hour', FIELDS.hourOfDay],
  ['minute', FIELDS.minuteOfHour],
  ['second', FIELDS.secondOfMinute],
]);
const WITHIN_DAY = ['hour', 'minute', 'second'];

/** startOfDay is the first instant of the day: midnight, or the end of a gap that swallows it. */
export function startOfDay({ local, zone }: Moment): Moment {
  return new Moment(instantOf(FIELDS.dayOfMonth.floor(local), zone), zone);
}

/** truncatedTo is the first instant of the year, month, week (Monday), day, hour, minute or second that a date lies in. */
export function truncatedTo(moment: Moment, unit: string): Moment {
  const field = TRUNCATIONS.get(unit);
  if (!field)
    throw new TimeProblem(`there is no unit '${unit.slice(0, 20)}'; there are ${[...TRUNCATIONS.keys()].join(', ')}`);
  const local = field.floor(moment.local);
  if (WITHIN_DAY.includes(unit)) return withLocal(moment, local);
  return new Moment(instantOf(local, moment.zone), moment.zone);
}
