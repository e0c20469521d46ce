import { errorOf, run, value } from '../testing/run.js';

const A = 'a = new long[]{3, 1, 2};';

describe('arrays', () => {
  it.each([
    [`${A} a.length;`, 3n],
    [`${A} a.contains(2);`, true],
    [`${A} a.contains(9);`, false],
    [`${A} a.indexOf(2);`, 2n],
    [`${A} a.indexOf(9);`, -1n],
    [`${A} a.isEmpty();`, false],
    [`${A} a.add(5).length;`, 4n],
    ['new String[2].indexOf(null)', 0n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each([
    [`${A} a.add(5); return a;`, [3n, 1n, 2n, 5n]],
    [`${A} b = a; b.add(5); return a;`, [3n, 1n, 2n, 5n]],
    [`${A} a.concat(new long[]{9});`, [3n, 1n, 2n, 9n]],
    [`${A} a.concat(new long[]{9}); return a;`, [3n, 1n, 2n]],
    [`${A} a.slice(1);`, [1n, 2n]],
    [`${A} a.slice(0, 2);`, [3n, 1n]],
    [`${A} a.slice(3);`, []],
    [`${A} a.reverse();`, [2n, 1n, 3n]],
    [`${A} a.sort();`, [1n, 2n, 3n]],
    [`${A} a.sort(); return a;`, [3n, 1n, 2n]],
    ["new String[]{'b', 'B', 'ä', 'a'}.sort()", ['B', 'a', 'b', 'ä']],
    ['new double[]{1.5, -0.0, 0.0, -1.0}.sort()', [-1, -0, 0, 1.5]],
    ['new boolean[]{true, false}.sort()', [false, true]],
    ['r = new long[]{}; for (i = 0; i < 3; i += 1) r.add(i * i); return r;', [0n, 1n, 4n]],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('an empty array of the host fits each type', () => {
    const values = { empty: [] as string[] };
    expect(value('empty.concat(new long[]{1})', { values })).toEqual([1n]);
    expect(value("new String[]{'a'}.concat(empty)", { values })).toEqual(['a']);
    expect(value('empty.contains(1)', { values })).toBe(false);
    expect(errorOf('empty.add(1)', { values }).message).toContain('has no type yet');
  });

  it.each([
    [`${A} a.add('x');`, 'type', 'must be a LONG'],
    [`${A} a.add(null);`, 'type', 'not NULL'],
    [`${A} a.contains('x');`, 'type', 'must be a LONG'],
    [`${A} a.concat(new String[]{'x'});`, 'type', 'LONG_ARRAY'],
    [`${A} a.concat(1);`, 'type', 'array'],
    [`${A} a.slice(4);`, 'index', 'outside of an array of 3'],
    [`${A} a.slice(2, 1);`, 'index', 'slice from 2 to 1'],
    [`${A} a.slice(-1);`, 'index', 'outside'],
    ['new String[2].sort()', 'value', 'without a value'],
  ])('%s is an error of kind %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });

  it('cannot grow beyond the limit of arrays', () => {
    const limits = { array: 5 };
    expect(errorOf('a = new long[]{1, 2, 3, 4}; a.add(5);', { limits }).kind).toBe('limit');
    expect(errorOf('a = new long[]{1, 2, 3}; a.concat(a);', { limits }).kind).toBe('limit');
    expect(value('a = new long[]{1, 2, 3}; a.add(4); return a;', { limits })).toHaveLength(4);
  });

  it('builds an array of thousands in a loop within the budget', () => {
    const text = 'r = new long[]{}; for (i = 0; i < 20000; i += 1) r.add(i); return r.length;';
    expect(run(text)).toEqual({ kind: 'value', value: 20_000n });
  });
});
