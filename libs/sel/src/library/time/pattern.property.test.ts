import fc from 'fast-check';
import { Formatter } from './formatter.js';
import { Moment } from './moment.js';
import { compilePattern } from './pattern/compile-pattern.js';
import { zoneOf } from './zone-ids.js';

const ZONES = Intl.supportedValuesOf('timeZone');
const NOW = Date.UTC(2026, 0, 1);
const ms = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2100, 0, 1) });
const zone = fc.constantFrom(...ZONES, 'UTC', '+05:30', '-11:45');

const formatter = (pattern: string): Formatter => new Formatter(pattern, compilePattern(pattern));

const EXACT = [
  "yyyy-MM-dd'T'HH:mm:ss.SSSZZ",
  'yyyyMMddHHmmssSSSZ',
  "EEEE, d MMMM YYYY G 'at' hh:mm:ss.SSS a Z",
  'xxxx/ww/e kk:mm:ss,SSS ZZ',
  'SSS ss mm K a DDD yyyy Z',
];

describe('a pattern that says all', () => {
  it.each(EXACT)('%s reads what it printed, in every zone', (pattern) => {
    fc.assert(
      fc.property(ms, zone, (instant, id) => {
        const inZone = formatter(pattern).withZone(zoneOf(id));
        const moment = new Moment(instant, zoneOf(id));
        expect(inZone.parse(inZone.print(moment), NOW)).toEqual(moment);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the zone that it printed; of two equal local times the first', () => {
    const format = formatter('yyyy-MM-dd HH:mm:ss.SSS ZZZ');
    fc.assert(
      fc.property(ms, zone, (instant, id) => {
        const moment = new Moment(instant, zoneOf(id));
        const back = format.parse(format.print(moment), NOW);
        expect([back.local, back.zone]).toEqual([moment.local, moment.zone]);
        expect(back.ms <= moment.ms).toBe(true);
      }),
    );
  });
});

describe('any pattern', () => {
  const run = fc
    .tuple(
      fc.constantFrom(...Array.from('GCYxwyEeDMdaKhHkmsSzZ'), ' ', "''", "'q'", ':'),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(([part, count]) => (part.startsWith("'") ? part : part.repeat(count)));

  it('prints no more than it said before', () => {
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), ms, (runs, instant) => {
        const format = formatter(runs.join(''));
        expect(format.print(new Moment(instant, zoneOf('Asia/Tokyo'))).length).toBeLessThanOrEqual(format.width);
      }),
    );
  });
});
