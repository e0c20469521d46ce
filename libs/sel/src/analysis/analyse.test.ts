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
    ['null.size()', ['6 cannot call size() on NULL']],
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
});
