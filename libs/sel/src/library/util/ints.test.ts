import { PRESETS } from '../../runtime/limits.js';
import { errorOf, value } from '../../testing/run.js';

describe('Util.intsBetween', () => {
  it.each([
    ['0, 5, 1', [0n, 1n, 2n, 3n, 4n]],
    ['0, 5, 2', [0n, 2n, 4n]],
    ['5, 1, -2', [5n, 3n]],
    ["5, '1', '2'", []],
    ["-5, '1', -2", []],
    ["'1', 3, '1'", [1n, 2n]],
    ['9223372036854775806, 9223372036854775807, 5', [9223372036854775806n]],
    ['-9223372036854775807, 9223372036854775807, 9223372036854775807', [-9223372036854775807n, 0n]],
  ])('of %s', (args, expected) => {
    expect(value(`Util.intsBetween(${args})`)).toEqual(expected);
  });

  it.each([
    ['0, 2000000000, 1', 'limit'],
    ['0, 25001, 1', 'limit'],
    ['5, 1, 0', 'value'],
    ['1, 5, 0', 'value'],
    ["'foo', 3, 1", 'value'],
    ['1.5, 3, 1', 'type'],
    ['null, 3, 1', 'type'],
  ])('of %s is an error of kind %s', (args, kind) => {
    expect(errorOf(`Util.intsBetween(${args})`).kind).toBe(kind);
  });

  it('makes the largest array that is allowed', () => {
    expect(value('Util.intsBetween(0, 25000, 1).length')).toBe(25_000n);
    expect(errorOf('Util.intsBetween(0, 100, 1)', { limits: { ...PRESETS.FULL, array: 100 } }).kind).toBe('limit');
  });
});
