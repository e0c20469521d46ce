import { compile, createCompiler, evaluate, HostError, paramsScope, PRESETS, SelError } from './index.js';
import type { Outcome, Scope, SelData } from './index.js';
import { errorOf as errorAround, run as runAround, value as valueAround } from './testing/run.js';

const VALUES = new Map<string, SelData>([
  ['n', 5n],
  ['d', 2.5],
  ['s', 'text'],
  ['list', [1n, 2n]],
  ['other', [1n, 2n]],
  ['m', new Map<string, SelData>([['a', 1n]])],
  ['same', new Map<string, SelData>([['a', 1n]])],
  ['step1__out', 'from step1'],
]);

const scope: Scope = paramsScope((name) => VALUES.get(name), {
  get: (name) => VALUES.get(name) ?? null,
  containsKey: (name) => VALUES.has(name),
  getFromStep: (first, param) => `step:${first}:${param ?? ''}`,
  getFromInstance: (field) => {
    throw new HostError(`no field ${field}`);
  },
});

function run(text: string, fuel = PRESETS.IN_PLACE.fuel): Outcome {
  return runAround(text, { scope, limits: { ...PRESETS.IN_PLACE, fuel } });
}

const value = (text: string): SelData | undefined => valueAround(text, { scope });
const errorOf = (text: string): SelError => errorAround(text, { scope });

describe('operators', () => {
  it.each<[string, SelData]>([
    ['1 + 2 * 3 - 4 / 2', 5n],
    ['(1 + 2) * 3', 9n],
    ['10 - 4 - 3', 3n],
    ['-7 / 2', -3n],
    ['-7 % 3', -1n],
    ['- - 2', 2n],
    ['1 / 2.0', 0.5],
    ['1.0 / 0', Infinity],
    ['5 % 2.5', 0],
    ['9223372036854775807 + 1', -9223372036854775808n],
    ["1 + '2'", '12'],
    ["'a' + 1.0 + true + null", 'a1.0truenull'],
    ["null + 'a'", 'nulla'],
    ['n > 4 && d < 3 || false', true],
    ['1 < 2 == true', true],
    ['n == 5.0', true],
    ["1 == '1'", true],
    ['s == null', false],
    ['unknown == null', true],
    ['unknown > 1', false],
    ['list == other && m == same && list != null', true],
    ["n > 3 ? 'big' : n > 1 ? 'mid' : 'small'", 'big'],
    ['!!true', true],
    ['010', 10n],
    ['1e3 + .5 + 1. + 2f + 3D', 1006.5],
    ['7L', 7n],
  ])('%s is %p', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('evaluates only what is needed', () => {
    expect(value('false && 1 / 0 > 0')).toBe(false);
    expect(value('true || 1 / 0 > 0')).toBe(true);
    expect(value('true ? 1 : 1 / 0')).toBe(1n);
  });

  it.each([
    ["'1' == 1", 'type', 'cannot apply `==` to STRING and LONG'],
    ["true + 'a'", 'type', 'cannot apply `+` to BOOLEAN and STRING'],
    ["1 < '2'", 'type', 'cannot apply `<` to LONG and STRING'],
    ['null <= 1', 'type', 'cannot apply `<=` to NULL and LONG'],
    ["-'a'", 'type', 'cannot apply `-` to STRING'],
    ['1 && true', 'type', '`&&` needs a BOOLEAN, not LONG'],
    ["'a' ? 1 : 2", 'type', '`?` needs a BOOLEAN, not STRING'],
    ['1 % 0', 'arithmetic', 'division by zero: 1 % 0'],
  ])('refuses %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message });
  });
});

describe('names, params and members', () => {
  it.each<[string, SelData]>([
    ['step1__out', 'from step1'],
    ["params['n'] + params.n + params.get('n')", 15n],
    ["params['s' + '']", 'text'],
    ["params['nothing'] == null", true],
    ["params.containsKey('n')", true],
    ["params.getFromStep('step_id')", 'step:step_id:'],
    ["params.getFromStep('s1', 'x')", 'step:s1:x'],
    ['list[1] + list.length', 4n],
    ["m['a'] + m.get('a') + m.size()", 3n],
    ["m.getOrDefault('b', 9)", 9n],
    ["m['b'] == null && !m.containsKey('b')", true],
    ["s.length() + 'x'.length()", 5n],
    ["s.toUpperCase().contains('EX') && s.startsWith('te') && s.endsWith('xt')", true],
    ["' \\t a '.trim().equals('a') && ''.isEmpty()", true],
    ["'A'.toLowerCase()", 'a'],
  ])('%s is %p', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it.each([
    ['params', 'type', "`params` is no value of its own: use params['x'], params.x or one of its functions"],
    ['params[1]', 'type', 'params.get takes STRING arguments, not LONG'],
    ['params.get()', 'method', 'params has no function get with 0 argument(s)'],
    ["params.toString('x')", 'method', 'params has no function toString with 1 argument(s)'],
    ["params.getFromInstance('x')", 'host', 'no field x'],
    ['list[2]', 'index', 'index 2 is outside of an array of 2'],
    ['list[-1]', 'index', 'index -1 is outside of an array of 2'],
    ["s['a']", 'type', 'cannot index STRING with STRING'],
    ['s.length', 'method', 'STRING has no field length; use length()'],
    ['unknown.length()', 'type', 'cannot call length() on NULL: there is no value, test it with `== null` first'],
    ["'a'.constructor('x')", 'method', 'STRING has no method constructor with 1 argument(s)'],
    ['m.constructor', 'method', 'MAP has no field constructor'],
    ["m['__proto__'].x", 'method', 'NULL has no field x'],
  ])('refuses %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message });
  });
});

describe('programs', () => {
  it('answers with the first return, else with the last statement', () => {
    expect(value('return 1;')).toBe(1n);
    expect(value('1; 2; 3')).toBe(3n);
    expect(value('1; return 2; 3;')).toBe(2n);
  });

  it('ignores comments and white space, and resolves unicode escapes first', () => {
    expect(value(' // one\n /* two */ 1 /** three */ + \t 2 // four')).toBe(3n);
    expect(value("'\\u0041\\\\u0042'")).toBe('A\\u0042');
    expect(value("'a\\n\\t\\'\"' + \"'\\\\\"")).toBe("a\n\t'\"'\\");
  });

  it.each([
    [';', 1, 1, 'expected an expression but found `;`'],
    ['1 +', 1, 4, 'expected an expression but found the end of the expression'],
    ['1--1', 1, 2, 'expected `;` but found `--`'],
    ['(1', 1, 3, 'expected `)` but found the end of the expression'],
    ['true &&\n  && false', 2, 3, 'expected an expression but found `&&`'],
    ['1 + class', 1, 5, '`class` is a reserved word and cannot be used here'],
    ['f(1)', 1, 1, 'SEL has no functions of its own: f() needs an object'],
    ["1 + 'open", 1, 5, "this string is never closed with '"],
    ['1 /* open', 1, 3, 'this comment is never closed with */'],
    ['1 @ 2', 1, 3, 'unexpected character "@"'],
    ["'\\101'", 1, 2, 'invalid escape \\1 in a string; use \\b \\n \\t \\f \\r \\\\ \\" or \\\''],
    ['9223372036854775808', 1, 1, '9223372036854775808 does not fit a 64-bit LONG'],
    ['0x10', 1, 1, 'hexadecimal numbers such as 0x10 are not part of SEL'],
  ])('refuses %j at %d:%d', (text, line, column, message) => {
    expect(errorOf(text)).toMatchObject({ kind: 'syntax', line, column, message });
  });

  it('points at the place of a fault, also while running', () => {
    expect(errorOf("1;\nparams['n'] +\n  n / (5 - n)").excerpt).toBe('  n / (5 - n)\n    ^');
    expect(errorOf(`${'1 + '.repeat(40)}true`).excerpt.split('\n')[1]).toMatch(/^ {40}\^$/);
  });
});

describe('limits', () => {
  it('stops when the fuel is used up, and says so', () => {
    expect(run('n + n + n', 3)).toEqual({ kind: 'exhausted', limit: 'fuel' });
    expect(run('n + n + n', 5)).toEqual({ kind: 'value', value: 15n });
  });

  it('charges for text before it makes it', () => {
    const doubled = `s.contains(${"'x' + ".repeat(500)}'x')`;
    expect(run(doubled, 2_000)).toEqual({ kind: 'exhausted', limit: 'fuel' });
    expect(run(doubled, PRESETS.FULL.fuel)).toEqual({ kind: 'value', value: false });
  });

  it('charges for the strings in arrays that are compared', () => {
    const texts: Scope = { lookup: () => ['x'.repeat(64_000)], call: () => null };
    expect(evaluate(compile('a == b'), texts, { ...PRESETS.FULL, fuel: 900 })).toEqual({
      kind: 'exhausted',
      limit: 'fuel',
    });
    expect(evaluate(compile('a == b'), texts, { ...PRESETS.FULL, fuel: 11_000 })).toEqual({
      kind: 'value',
      value: true,
    });
  });

  it('refuses text that is too long or too deep instead of overflowing', () => {
    expect(errorOf(`1 + ${'1'.repeat(10_000)}`)).toMatchObject({ kind: 'limit' });
    for (const open of ['(', '-', '!', 'n[', 's.equals(', '1 < (', 'true ? 1 : ']) {
      expect(errorOf(open.repeat(Math.floor(9_900 / open.length))).kind).toMatch(/limit|syntax/);
    }
    expect(errorOf(`1${'+1'.repeat(4_000)}`)).toMatchObject({ kind: 'limit' });
    expect(value(`1${'+1'.repeat(900)}`)).toBe(901n);
  });
});

describe('createCompiler', () => {
  it('compiles a text once and forgets the oldest', () => {
    const compiler = createCompiler({ cacheSize: 2 });
    const first = compiler.compile('1');
    expect(compiler.compile('1')).toBe(first);
    compiler.compile('2');
    compiler.compile('3');
    expect(compiler.compile('1')).not.toBe(first);
  });

  it('forgets more when the texts are long', () => {
    const compiler = createCompiler({ cacheSize: 2 });
    const first = compiler.compile('1');
    compiler.compile(`'${'x'.repeat(395)}'`);
    expect(compiler.compile('1')).toBe(first);
    compiler.compile(`'${'y'.repeat(396)}'`);
    expect(compiler.compile('1')).not.toBe(first);
  });

  it('throws the error of a bad text every time', () => {
    const compiler = createCompiler({ cacheSize: 2 });
    expect(() => compiler.compile('1 +')).toThrow(SelError);
    expect(() => compiler.compile('1 +')).toThrow(SelError);
  });
});

it("passes an error that is not the language's own through to the host", () => {
  const own = new Error('mine');
  const throwing: Scope = {
    lookup: () => {
      throw own;
    },
    call: () => null,
  };
  expect(() => evaluate(compile('x'), throwing, PRESETS.FULL)).toThrow(own);
});
