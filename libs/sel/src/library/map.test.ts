import { errorOf, run, value } from '../testing/run.js';

const ABC = "m = new Map(); m.put('b', 1); m.put('a', 2); m.put('c', 3);";

describe('MAP', () => {
  it.each([
    ["m = new HashMap(); m.put('a', 1);", null],
    ["m = new LinkedHashMap(); m.put('a', 1); m.put('a', 2);", 1n],
    [`${ABC} m.size();`, 3n],
    [`${ABC} m.get('a');`, 2n],
    [`${ABC} m.get('x');`, null],
    [`${ABC} m.containsKey('a');`, true],
    [`${ABC} m.getOrDefault('x', 9);`, 9n],
    [`${ABC} m.put('a', null); m.getOrDefault('a', 9);`, null],
    [`${ABC} m.put('a', null); m.containsKey('a');`, true],
    [`${ABC} m.remove('a');`, 2n],
    [`${ABC} m.remove('a'); m.remove('a');`, null],
    [`${ABC} m.remove('a'); m.size();`, 2n],
    ['new Map().isEmpty()', true],
    [`${ABC} n = new Map(); n.put('z', 0); n.putAll(m); n.size();`, 4n],
    [`${ABC} m.putAll(m); m.size();`, 3n],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('gives keys and values in the order of insertion', () => {
    expect(value(`${ABC} m.keySet();`)).toEqual(['b', 'a', 'c']);
    expect(value(`${ABC} m.keys();`)).toEqual(['b', 'a', 'c']);
    expect(value(`${ABC} m.values();`)).toEqual([1n, 2n, 3n]);
    expect(value('new Map().values()')).toEqual([]);
  });

  it('is walked by its keys', () => {
    const walk = `${ABC} k = m.keySet(); s = ''; for (i = 0; i < k.length; i += 1) s += k[i] + m.get(k[i]); return s;`;
    expect(value(walk)).toBe('b1a2c3');
  });

  it.each([
    [`${ABC} m.get(1);`, 'type', 'must be a STRING, not LONG'],
    [`${ABC} m.get(null);`, 'type', 'not NULL'],
    [`${ABC} m.put(1, 1);`, 'type', 'argument 1 of put()'],
    [`${ABC} m.put(1);`, 'method', 'put'],
    [`${ABC} m.put('d', 'x'); m.values();`, 'type', "'d' is STRING, others are LONG"],
    [`${ABC} m.put('d', m); m.values();`, 'type', "'d' is MAP"],
    [`${ABC} m.put('d', null); m.values();`, 'type', "'d' is NULL"],
    ['new Map(1)', 'method', ''],
  ])('%s is an error of kind %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });

  it('pays for every entry', () => {
    const text = 'm = new Map(); for (i = 0; i < 20000; i += 1) m.put(String.valueOf(i), i); return m.size();';
    expect(run(text, { limits: { memory: 500_000 } })).toEqual({ kind: 'exhausted', limit: 'memory' });
  });

  it('leaves the map of the host as it is', () => {
    const m = new Map([['a', 1n]]);
    expect(value("m.put('b', 2); m.remove('a'); m.size();", { values: { m } })).toBe(1n);
    expect([...m]).toEqual([['a', 1n]]);
  });
});
