import { PRESETS } from '../../runtime/limits.js';
import { errorOf, run, value } from '../../testing/run.js';

const of = (text: string, regex: string, replacement = ''): Record<string, string> => ({ text, regex, replacement });

/** Expected values are those of JDK 17. */
describe('split follows the rules of Java', () => {
  it.each([
    ['a,b,,', ',', ['a', 'b']],
    [',a,,b', ',', ['', 'a', '', 'b']],
    [',', ',', []],
    ['', ',', ['']],
    ['abc', '', ['a', 'b', 'c']],
    ['one  two', '\\s+', ['one', 'two']],
    ['2024-01-31', '-', ['2024', '01', '31']],
    ['a.b', '.', []],
    ['hello\nworld\r\nx', '\\R', ['hello', 'world', 'x']],
    ['no match', 'x', ['no match']],
  ])('%j by %j', (text, regex, expected) => {
    expect(value('text.split(regex)', { values: of(text, regex) })).toEqual(expected);
  });

  it.each([
    [2n, ['', 'a,,b,,']],
    [-1n, ['', 'a', '', 'b', '', '']],
    [1n, [',a,,b,,']],
    [0n, ['', 'a', '', 'b']],
  ])('with limit %s', (limit, expected) => {
    expect(value('text.split(regex, limit)', { values: { ...of(',a,,b,,', ','), limit } })).toEqual(expected);
  });
});

describe('replaceAll and replaceFirst follow the rules of Java', () => {
  it.each([
    ['aXbXXc', 'X', '-', 'a-b--c'],
    ['abc', 'x*', '-', '-a-b-c-'],
    ['aaa', 'a*', '-', '--'],
    ['key=value', '([a-z]+)=([a-z]+)', '$2=$1', 'value=key'],
    ['2024-01', '(?<year>[0-9]{4})-(?<month>[0-9]{2})', '${month}/${year}', '01/2024'],
    ['ab', '(a)(x)?', '[$1$2]', '[a]b'],
    ['a', '(a)', '$12', 'a2'],
    ['5', '5', '\\$\\\\', '$\\'],
    ['a1b22', '\\d+', '<$0>', 'a<1>b<22>'],
  ])('%j: %j becomes %j', (text, regex, replacement, expected) => {
    expect(value('text.replaceAll(regex, replacement)', { values: of(text, regex, replacement) })).toBe(expected);
  });

  it('replaces the first match only', () => {
    expect(value("'a-b-c'.replaceFirst('-', '+')")).toBe('a+b-c');
  });

  it('reads the replacement only when something matches', () => {
    expect(value("'abc'.replaceAll('x', '$9')")).toBe('abc');
  });

  it.each([
    ['$', 'value', 'a group must follow $'],
    ['\\', 'value', 'write \\\\ for a backslash'],
    ['$1', 'index', 'uses group 1, but the regular expression has 0'],
    ['${n}', 'value', 'names a group ${n}'],
  ])('refuses the replacement %j', (replacement, kind, message) => {
    const error = errorOf('text.replaceAll(regex, replacement)', { values: of('a', 'a', replacement) });
    expect(error).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });
});

describe('matches', () => {
  it.each([
    ['2024-01-31', '\\d{4}-\\d{2}-\\d{2}', true],
    ['x2024', '\\d+', false],
    ['ab', 'a|ab', true],
    ['', '', true],
  ])('%j by %j', (text, regex, expected) => {
    expect(value('text.matches(regex)', { values: of(text, regex) })).toBe(expected);
  });
});

describe('catastrophic patterns end quickly', () => {
  const text = `${'a'.repeat(56)}!`;

  it.each(['(a*)*\\1b', '(a|a)*\\1c'])('%j is refused: back-references have no linear time', (regex) => {
    const error = errorOf('text.replaceAll(regex, replacement)', { values: of(text, regex, 'z') });
    expect(error.message).toContain('back-references');
  });

  it.each(['(.*a){20}b', '(a*)*b', '(a+)+$', '((a?){30}){2}b', '(a|aa)+b', '(.*)(.*)(.*)(.*)(.*)b'])('%j', (regex) => {
    const started = performance.now();
    expect(value('text.replaceAll(regex, replacement)', { values: of(text, regex, 'z') })).toBe(text);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('a search that reads to the end for each match pays for what it reads', () => {
    const values = of('a'.repeat(20_000), 'a[^c]*b|a', 'z');
    const limits = { fuel: 2_000_000 };
    expect(run('(text + "c").replaceAll(regex, replacement)', { values, limits }).kind).toBe('exhausted');
    // The fastest of some: a busy machine or the collector may hold up any of them.
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      const outcome = run('text.replaceAll(regex, replacement)', { values, limits: PRESETS.IN_PLACE });
      expect(outcome).toEqual({ kind: 'exhausted', limit: 'fuel' });
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });

  it('charges the same whether the pattern is in the cache or not', () => {
    const spend = (): number => {
      let [low, high] = [0, 100_000];
      while (low < high) {
        const fuel = Math.floor((low + high) / 2);
        const outcome = run("'a1b'.replaceAll('[0-9]{1,7}', '')", { limits: { fuel } });
        if (outcome.kind === 'value') high = fuel;
        else low = fuel + 1;
      }
      return low;
    };
    expect(spend()).toBe(spend());
  });

  it('charges for a program before it is made', () => {
    const values = of('a', 'a{1000}'.repeat(40));
    expect(run('text.matches(regex)', { values, limits: PRESETS.IN_PLACE }).kind).toBe('exhausted');
    expect(errorOf('text.matches(regex)', { values: of('a', 'a{1000}'.repeat(60)) }).kind).toBe('limit');
  });
});

describe('results that grow are paid for first', () => {
  const values = of('a'.repeat(100_000), 'a', '$0'.repeat(2_000));

  it('replaceAll', () => {
    const outcome = run('text.replaceAll(regex, replacement)', { values, limits: { memory: 5_000_000 } });
    expect(outcome).toEqual({ kind: 'exhausted', limit: 'memory' });
  });

  it('split stops at the limit of arrays', () => {
    expect(errorOf('text.split(regex)', { values: of(','.repeat(30_000), '') }).kind).toBe('limit');
  });
});
