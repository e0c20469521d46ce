import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { Moment } from './moment.js';
import { between, plus, UNITS } from './period.js';
import { zoneOf } from './zone-ids.js';

const ZONES = Intl.supportedValuesOf('timeZone');
const ms = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });
const zone = fc.constantFrom(...ZONES);
const count = fc.integer({ min: -1_000, max: 1_000 });

/** Near the changes of clocks of this year, where what is skipped and what is there twice matters. */
const nearChange = fc
  .tuple(
    fc.constantFrom(Date.UTC(2021, 2, 14), Date.UTC(2021, 2, 28), Date.UTC(2021, 9, 31), Date.UTC(2021, 10, 7)),
    fc.integer({ min: -36, max: 36 }),
  )
  .map(([day, halfHours]) => day + halfHours * 1_800_000);

describe.each(Object.entries(UNITS))('plus %s', (name, unit) => {
  it('agrees with luxon; of two equal local times it takes the first, where luxon keeps the offset', () => {
    fc.assert(
      fc.property(fc.oneof(ms, nearChange), zone, count, (start, id, amount) => {
        const ours = plus(new Moment(start, zoneOf(id)), unit, BigInt(amount));
        const luxons = DateTime.fromMillis(start, { zone: new IANAZone(id) }).plus(
          name === 'Millis' ? { milliseconds: amount } : { [name.toLowerCase()]: amount },
        );
        const possible = luxons.getPossibleOffsets().map((each) => each.toMillis());
        const calendar = unit.kind !== 'time' && amount !== 0;
        expect(ours.ms).toBe(calendar && possible.length > 1 ? Math.min(...possible) : luxons.toMillis());
      }),
      { numRuns: 400 },
    );
  });

  it('is what lies between, in UTC', () => {
    fc.assert(
      fc.property(ms, fc.integer({ min: 0, max: 1_000 }), (start, amount) => {
        const from = new Moment(start, zoneOf('UTC'));
        expect(between(from, plus(from, unit, BigInt(amount)), unit)).toBe(BigInt(amount));
      }),
    );
  });
});
