import { analyse } from './analyse.js';
import { unknownName, type TypeEnvironment } from './environment.js';
import type { StaticType } from './static-type.js';

const NAMES: Readonly<Record<string, StaticType>> = {
  count: 'LONG',
  ratio: 'DOUBLE',
  name: 'STRING',
  flag: 'BOOLEAN',
  days: 'LONG_ARRAY',
  config: 'MAP',
  any: 'UNKNOWN',
};

const ENVIRONMENT: TypeEnvironment = {
  typeOf: (name) => (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined),
  lookup: (name) => {
    const type = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    return type === undefined ? { refusal: unknownName(name) } : { type };
  },
  call: (fn) =>
    fn === 'get' || fn === 'containsKey'
      ? { type: fn === 'get' ? 'UNKNOWN' : 'BOOLEAN' }
      : { refusal: { kind: 'method', message: `params has no function ${fn}` } },
};

function problems(text: string): readonly string[] {
  return analyse(text, ENVIRONMENT).problems.map(
    ({ error, certain }) => `${error.column} ${error.message}${certain ? '' : ' (perhaps)'}`,
  );
}

describe('what certainly fails when it runs', () => {
  it.each([
    ['coutn + 1', ['1 unknown name coutn']],
    ['1 + flag', ['3 cannot apply `+` to LONG and BOOLEAN']],
    ['name - 1', ['6 cannot apply `-` to STRING and LONG']],
    ['name == 1 && flag', ['6 cannot apply `==` to STRING and LONG']],
    ['count && flag', ['7 `&&` needs a BOOLEAN, not LONG']],
    ['count ? 1 : 2', ['7 `?` needs a BOOLEAN, not LONG']],
    ['!count', ['1 `!` needs a BOOLEAN, not LONG']],
    ['count / 0', ['7 division by zero: / 0']],
    ['days[name]', ['5 cannot index LONG_ARRAY with STRING']],
    ['name.length', ['6 STRING has no field length; use length()']],
    ['name.lenght()', ['6 STRING has no method lenght with 0 argument(s); did you mean "length"?']],
    ['name.contains()', ['6 STRING has no method contains with 0 argument(s); it takes 1']],
    ['name.startsWith(1)', ['6 startsWith() must be a STRING, not LONG']],
    ['null.size()', ['6 cannot call size() on NULL: there is no value, test it with `== null` first']],
    ['params.nothing()', ['8 params has no function nothing']],
    ['params.get(1)', ['8 params.get takes STRING arguments, not LONG']],
    [
      'flag ? a : b + (1 - true)',
      [
        '8 unknown name a (perhaps)',
        '12 unknown name b (perhaps)',
        '19 cannot apply `-` to LONG and BOOLEAN (perhaps)',
      ],
    ],
    ['int x = 1; x = 1.5; x', ['12 cannot assign to x: it is a LONG, not a DOUBLE']],
    ['double d = 1; d', ['8 cannot assign to d: it is a DOUBLE, not a LONG']],
    ['String s = null; s', ['8 cannot assign to s: it is a STRING, not a NULL']],
    ['Strng s; 1', ['1 there is no type Strng; did you mean "String"?']],
    ['count = true; count', ['1 cannot assign to count: it is a LONG, not a BOOLEAN']],
    ['new DateTim(1)', ['1 there is no class DateTim; did you mean "DateTime"?']],
    ['new long[]{1, 2.5}', ['15 an item of the array must be a LONG, not DOUBLE']],
    ['Math.mix(1, 2)', ['6 Math has no static method mix with 2 argument(s); did you mean "min"?']],
    ['DateTimeZone.UCT', ['14 DateTimeZone has no field UCT; did you mean "UTC"?']],
    ["new DateTime(0).plusDays('1')", ['17 plusDays() must be a LONG, not STRING']],
    ["m = new Map(); m.putt('a', 1); m", ['18 MAP has no method putt with 2 argument(s); did you mean "put"?']],
    ['for (int i = 0; i + 1; i += 1) { }', ['19 `for` needs a BOOLEAN, not LONG']],
    ['while (flag) { nope; }', ['16 unknown name nope (perhaps)']],
    ['if (flag) { y = 1; } y', ['22 y may not have been assigned here (perhaps)']],
    ['if (flag) return 1; nope', ['21 unknown name nope (perhaps)']],
    ['y = nope; y.size()', ['5 unknown name nope']],
    ['1 +', ['4 expected an expression but found the end of the expression']],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

describe('what can succeed', () => {
  it.each([
    '1 + ratio * count',
    "count + 'x' + flag + days",
    "null + 1 == 'null1'",
    "1 == '1' || name != null",
    'any - any.whatever(1)[2]',
    'any / 0',
    'ratio / 0',
    'false && nothing',
    'true ? 1 : nothing',
    "params.containsKey('given') ? given : 1",
    "config['a'] == 1 || config.get('b').get('c') > 1",
    'null < 1',
    'int i = 0; while (i < 3) { i += 1; last = i; } return last + i;',
    'for (int i = 0; i < 3; i += 1) { if (i == 2) break; x = i; } x',
    'if (flag) { y = 1; } else { throw "no"; } return y + 1;',
    'if (flag) return 1; else return 2; nope',
    "m = new Map(); m.put('foo', 'bar'); return m;",
    "String s; s = 'a'; s += 1; s.length()",
    'String s; s == null ? 1 : s.length()',
    "String[] a = new String[2]; a[0] == null ? 'x' : a[0]",
    'import java.util.Map; x = 1; { x + 1; }',
    "new DateTime(1569018000000).withZone(DateTimeZone.forID('UTC')).monthOfYear().getAsText();",
    'Long.MAX_VALUE + Long.parseLong("1")',
    'int x = 1; String x = "a"; x.length()',
    'days.length + days[0] > 1',
    "name.trim().toUpperCase().contains('x') ? name : count",
  ])('%s', (text) => {
    expect(problems(text)).toEqual([]);
  });
});

test('the type of the result is known where it cannot be another', () => {
  const typeOf = (text: string): StaticType => analyse(text, ENVIRONMENT).type;
  expect(typeOf('count + 1')).toBe('LONG');
  expect(typeOf('count + ratio')).toBe('DOUBLE');
  expect(typeOf("count + 'x'")).toBe('STRING');
  expect(typeOf('flag ? 1 : 2.0')).toBe('UNKNOWN');
  expect(typeOf('count > 1; return name.length()')).toBe('LONG');
  expect(typeOf('if (flag) return 1; return 2;')).toBe('LONG');
  expect(typeOf('int i = 0; for (i = 0; i < 3; i += 1) { } i')).toBe('LONG');
  expect(typeOf('if (flag) 5;')).toBe('VOID');
  expect(typeOf("'a,b'.split(',').length")).toBe('LONG');
});
