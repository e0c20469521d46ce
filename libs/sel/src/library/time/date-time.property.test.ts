import fc from 'fast-check';
import { run } from '../../testing/run.js';
import type { Members } from '../library-class.js';
import { DATE_TIME_CLASS } from './date-time.js';
import { FIELDS } from './field.js';
import { MIN_LOCAL } from './instant-range.js';
import { readIsoWithOffset } from './iso-reader.js';
import { withField } from './moment-fields.js';
import { Moment } from './moment.js';
import { startOfDay, truncatedTo } from './truncation.js';
import { zoneOf } from './zone-ids.js';
import { UTC } from './zone.js';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', '+23:59:59.999', '-23:59:59.999');
/** Years that are far from the ends, where a zone cannot carry a date over them. */
const ms = fc.oneof(
  fc.integer({ min: -6e13, max: 6e13 }),
  fc.integer({ min: Date.UTC(1880, 0, 1), max: Date.UTC(2100, 0, 1) }),
);
const moment = fc.tuple(ms, zone).map(([instant, id]) => new Moment(instant, zoneOf(id)));
const field = fc.constantFrom(...Object.values(FIELDS));

describe('any date', () => {
  it('reads from its text as the same instant', () => {
    fc.assert(
      fc.property(moment, (date) => {
        expect(readIsoWithOffset(date.text(), UTC).ms).toBe(date.ms);
        expect(readIsoWithOffset(date.text(), UTC).text()).toBe(date.text());
      }),
    );
  });

  it('stays the same when a field is set to what it is', () => {
    fc.assert(
      fc.property(moment, field, (date, one) => {
        expect(withField(date, one, one.get(date.local)).ms).toBe(date.ms);
      }),
    );
  });

  it('is not before the start of its day, hour or year', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom('year', 'month', 'week', 'day', 'hour', 'minute', 'second'), (date, unit) => {
        const start = truncatedTo(date, unit);
        expect(start.ms <= date.ms && startOfDay(date).ms <= date.ms).toBe(true);
        expect(truncatedTo(start, unit).ms).toBe(start.ms);
      }),
    );
  });
});

const methods = Object.keys(DATE_TIME_CLASS.methods as Members).map((key) => key.split('/'));
const edge = fc.oneof(ms, fc.constantFrom(0, MIN_LOCAL, MIN_LOCAL + 3_600_000, 8.64e15, 8.702e15, -8.64e15));
const count = fc.oneof(
  fc.integer({ min: -3, max: 60 }),
  fc.integer({ min: -600_000, max: 600_000 }),
  fc.constantFrom('9223372036854775807', '-9223372036854775807'),
);
const argument = fc.oneof(
  count.map(String),
  fc.constantFrom("'hour'", "'yyyy G ww ZZZ z'", "DateTimeZone.forID('Asia/Tokyo')", 'new DateTime()', "'u'"),
);

describe('any member of any date, also at the ends of time', () => {
  it('gives a value or an error of the language, and the same again', () => {
    fc.assert(
      fc.property(edge, zone, fc.constantFrom(...methods), argument, (instant, id, [name, args], given) => {
        const expr = `new DateTime(${instant}, DateTimeZone.forID('${id}')).${name}(${args === '1' ? given : ''})`;
        const [first, second] = [run(expr), run(expr)];
        expect(['value', 'error']).toContain(first.kind);
        expect(String(Object.values(second)[1])).toBe(String(Object.values(first)[1]));
      }),
      { numRuns: 2_000 },
    );
  });
});
