import { IANAZone } from 'luxon';
import { errorOf, value } from '../../testing/run.js';
import { HOUR, MINUTE } from './civil.js';
import { zoneOf } from './zone-ids.js';

const IDS = Intl.supportedValuesOf('timeZone');

describe('time zones', () => {
  it('are all that Intl knows: each prints and reads its offsets', () => {
    const format = "DateTimeFormat.forPattern('yyyy-MM-dd HH:mm:ss Z ZZZ')";
    for (const id of IDS) {
      const zone = `DateTimeZone.forID('${id}')`;
      const text = value(`${format}.print(new DateTime(1700000000000, ${zone}))`) as string;
      expect(text).toMatch(new RegExp(` [+-]\\d{4} ${id.replace(/[+]/g, '\\+')}$`));
      expect(value(`${format}.parseMillis('${text}')`)).toBe(1_700_000_000_000n);
      expect(value(`${zone}.getOffset(1700000000000)`)).toBe(BigInt(zoneOf(id).offsetAt(1_700_000_000_000)));
    }
  });

  it('answer by the day as they answer by the instant', () => {
    for (const id of IDS.filter((_, index) => index % 20 === 0)) {
      const [zone, source] = [zoneOf(id), new IANAZone(id)];
      const instants = Array.from({ length: 1_500 }, (_, index) => Date.UTC(2021, 0, 1) + index * 6 * HOUR);
      expect(instants.filter((ms) => zone.offsetAt(ms) !== source.offset(ms) * MINUTE)).toEqual([]);
    }
  });

  it.each([
    ['UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['Z', 'UTC'],
    ['+00:00', 'UTC'],
    ['+01:00', '+01:00'],
    ['+1', '+01:00'],
    ['-0530', '-05:30'],
    ['+01:02:03.004', '+01:02:03.004'],
    ['UTC+8', '+08:00'],
    ['GMT-02:30', '-02:30'],
    ['EST', 'EST'],
    ['EST5EDT', 'EST5EDT'],
    ['US/Pacific', 'US/Pacific'],
    ['america/los_angeles', 'America/Los_Angeles'],
  ])('%s is %s', (id, shown) => {
    expect(value(`DateTimeZone.forID('${id}')`)).toBe(shown);
  });

  it.each(['', 'Mars/Base', '../../etc/passwd', '+25:00', '+1:2', 'GMT+', 'x'.repeat(65)])('%s is refused', (id) => {
    expect(errorOf(`DateTimeZone.forID('${id}')`).message).toContain('is not recognised');
  });
});
