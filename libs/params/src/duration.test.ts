import { parseDuration } from './duration.js';

describe('parseDuration', () => {
  it.each([
    ['90', 90_000n],
    [' 90 ', 90_000n],
    ['0', 0n],
    ['2h 30min 5s 100ms', 9_005_100n],
    ['2h30min', 9_000_000n],
    ['10 minutes', 600_000n],
    ['1 Day 1 HOUR', 90_000_000n],
    ['3 days', 259_200_000n],
    ['7 sec', 7_000n],
    ['1 millisecond', 1n],
    ['5 seconds 3 milliseconds', 5_003n],
    ['5mins', 300_000n],
    ['1hr 2hrs 3secs', 10_803_000n],
  ])('reads %j', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'soon',
    '5 parsecs',
    '2h foo',
    'h',
    '1.5h',
    '-5',
    '2h 30',
    '5  minutes',
    '9'.repeat(40),
    '1constructor',
  ])('has no answer for %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('takes linear time on hostile text', () => {
    expect(parseDuration('1h '.repeat(100_000) + '!')).toBeUndefined();
  });
});
