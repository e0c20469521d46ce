import { errorOf, run, value } from './testing/run.js';

describe('the result of a program', () => {
  it.each([
    ['{5;}', 5n],
    ['x = 1; { x += 1; x; }', 2n],
    ['if (true) 5;', undefined],
    ['x = 1; int y = 2;', undefined],
    ['', undefined],
    [' // nothing', undefined],
    ['{}', undefined],
    ['while (false) 1;', undefined],
    ['if (1 > 0) return 1; else return 2;', 1n],
    ['for (i = 0; ; i += 1) { if (i == 3) return i; }', 3n],
    ['import java.util.*; import static a.b; 1', 1n],
  ])('of %s is %p', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('is the message of throw, as an error', () => {
    expect(errorOf("x = 1;\nthrow 'no ' + x;")).toMatchObject({ kind: 'thrown', message: 'no 1', line: 2, column: 1 });
    expect(errorOf('throw 1;')).toMatchObject({ kind: 'type', message: '`throw` needs a STRING, not LONG' });
  });
});

describe('statements', () => {
  it.each([
    ['s = 0; for (int i = 0; i < 10; i += 1) { if (i == 2) continue; if (i == 5) break; s += i; } s', 8n],
    ['i = 0; while (i < 3) i += 1; i', 3n],
    ['s = 0; for (i = 0; i < 3; i += 1) for (j = 0; j < 3; j += 1) { if (j == 1) break; s += 1; } s', 3n],
    ['if (false) if (true) 1; else 2; 7', 7n],
    ['x = 0; if (false) x = 1; else if (true) x = 2; else x = 3; x', 2n],
    ['int i = 1, j = i + 1; i + j', 3n],
    ['for (int i = 0; i < 2; i += 1) {} i', 2n],
    ['x = y = 3; x + y', 6n],
    ['x = 5; x -= 2; x *= 7; x /= 2; x %= 4; x', 2n],
    ["s = 'a'; s += 1; s += 'b'; s", 'a1b'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it.each([
    ['break;', 'syntax', '`break` is in no loop that it could break'],
    ['if (1) 2;', 'type', '`if` needs a BOOLEAN, not LONG'],
    ['while (null) 2;', 'type', '`while` needs a BOOLEAN, not NULL'],
    ['for (;true;1) { return 1;', 'syntax', 'expected an expression but found the end of the expression'],
    ['return;', 'syntax', 'expected an expression but found `;`'],
    ['do 1; while (true)', 'syntax', '`do` is a reserved word and cannot be used here'],
    ['(a) = 1', 'syntax', 'only a variable or an element of it can stand before `=`'],
    ['a.b = 1', 'syntax', 'only a variable or an element of it can stand before `=`'],
    ['a[0][1] = 1', 'syntax', 'only a variable or an element of it can stand before `=`'],
    ['1 + a = 3', 'syntax', 'only a variable or an element of it can stand before `=`'],
    ['int[][] x;', 'syntax', 'expected the name of a variable but found `[`'],
    ['new long(1)', 'syntax', 'expected `[` after `new long` but found `(`'],
    ['import 1;', 'syntax', 'expected the name of a package but found `1`'],
  ])('refuses %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message });
  });
});

describe('variables', () => {
  it.each([
    ['int x; long y; x + y', 0n],
    ['double x; x', 0],
    ['boolean x; x', false],
    ['String s; s == null', true],
    ['String s; s = "a"; s', 'a'],
    ['String[] s; s.length', 0n],
    ['Map m; m = new Map(); m.size()', 0n],
    ["int x = 1; String x = 'a'; x", 'a'],
    ['int b; a = 1; int c = a; c += 1; a', 1n],
    ['y = 0; for (i = 0; i < 3; i += 1) { int y = 0; y += 1; } y', 1n],
    ['unknown == null', true],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('of a param: changes are seen until the end of the evaluation, and never outside', () => {
    const list: readonly bigint[] = [1n, 2n];
    const values = { n: 1n, m: new Map([['a', 1n]]), list };
    expect(value('n += 1; n', { values })).toBe(2n);
    expect(value("m['b'] = 2; m.size()", { values })).toBe(2n);
    expect(value('list[0] += 5; list[0] + list[1]', { values })).toBe(8n);
    expect(value("x = m; x['a'] = 9; m['a']", { values })).toBe(9n);
    expect(values).toEqual({ n: 1n, m: new Map([['a', 1n]]), list: [1n, 2n] });
  });

  it.each([
    ['int x = 1.5;', 'type', 'cannot assign to x: it is a LONG, not a DOUBLE'],
    ['double x = 1;', 'type', 'cannot assign to x: it is a DOUBLE, not a LONG'],
    ['String s = null;', 'type', 'cannot assign to s: it is a STRING, not a NULL'],
    ['x = 1; x = 1.5;', 'type', 'cannot assign to x: it is a LONG, not a DOUBLE'],
    ['x = null;', 'type', 'cannot assign to x: NULL cannot be assigned'],
    ['String s; s = 1;', 'type', 'cannot assign to s: it is a STRING, not a LONG'],
    ['String = 1;', 'type', '`String` is a class and cannot be a variable: take another name'],
    ['int Math = 1;', 'type', '`Math` is a class and cannot be a variable: take another name'],
    ['params = 1;', 'type', '`params` cannot be assigned: it is read-only'],
    ["params['a'] = 1;", 'type', '`params` cannot be assigned: it is read-only'],
    ['Sting x;', 'type', 'there is no type Sting; did you mean "String"?'],
    ['Map[] x;', 'type', 'there is no type Map[]'],
    ['x = Math;', 'type', '`Math` is a class, no value: use one of its members'],
  ])('refuses %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });

  it('that is put into a map by name stays connected to it outside of loops, as the original asserts', () => {
    expect(value("m = new Map(); y = 1; m.put('a', y); y = 2; m.get('a')")).toBe(2n);
    expect(value("m = new Map(); y = 1; m.put('a', y); m.put('a', 1); y += 1; m.get('a')")).toBe(1n);
    const loop = "m = new Map(); for (i = 0; i < 3; i = i + 1) m.put('k' + i, i); m.get('k0') + m.get('k2')";
    expect(value(loop)).toBe(2n);
  });
});

describe('arrays', () => {
  it.each([
    ['new long[3]', [0n, 0n, 0n]],
    ['new double[1]', [0]],
    ['new Boolean[1]', [false]],
    ["new String[]{'a', 'b',}", ['a', 'b']],
    ['a = new int[]{}; a', []],
    ['a = new int[2]; a[1] = 4; a[1] *= 2; a', [0n, 8n]],
    ['a = new String[2]; a[0] == null', true],
    ["'abc'[1]", 'b'],
    ["m = new Map(); m['a'] = 1; m['a'] += 1; m['a']", 2n],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it.each([
    ['new long[-1]', 'value', 'the size of an array cannot be negative: -1'],
    ["new long['a']", 'type', 'the size of an array must be a LONG, not STRING'],
    ['new long[25001]', 'limit', 'an array of 25001 items is too large: fewer than 25001 are allowed'],
    ['new long[9223372036854775807]', 'limit', 'is too large'],
    ['new long[]{1, 2.0}', 'type', 'an array of LONG cannot hold a DOUBLE'],
    ['new String[]{null}', 'type', 'an array of STRING cannot hold a NULL'],
    ['new Map[1]', 'type', 'there are no arrays of Map'],
    ['a = new long[1]; a[1] = 2', 'index', 'index 1 is outside of an array of 1'],
    ['a = new long[1]; a[0] = true', 'type', 'an array of LONG cannot hold a BOOLEAN'],
    ["'abc'[3]", 'index', 'index 3 is outside of a STRING of 3'],
    ['b[0] = 1', 'type', 'cannot index NULL with LONG; there is nothing by that name'],
  ])('refuses %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });
});

describe('classes', () => {
  it.each([
    ["'a'.toUperCase()", 'method', 'STRING has no method toUperCase with 0 argument(s); did you mean "toUpperCase"?'],
    ["'a'.trim(1)", 'method', 'STRING has no method trim with 1 argument(s); it takes 0'],
    ['Strin.valueOf(1)', 'type', 'test it with `== null` first; did you mean "String"?'],
    ['new Strin()', 'method', 'there is no class Strin; did you mean "String"?'],
    ['new Math()', 'method', 'Math cannot be made with `new`: it has static members only'],
    ['Math.mim(1, 2)', 'method', 'Math has no static method mim with 2 argument(s); did you mean "min"?'],
    ['Math.constructor', 'method', 'Math has no field constructor'],
    ["String.constructor('x')", 'method', 'String has no static method constructor with 1 argument(s)'],
    ['String.trim()', 'method', 'trim is a method of values of String: call it on a value'],
  ])('refuses %s', (text, kind, message) => {
    expect(errorOf(text)).toMatchObject({ kind, message: expect.stringContaining(message) as string });
  });
});

describe('an error names what failed', () => {
  it.each([
    ['x = 1; x = 1.5', 'x'],
    ["'a'.foo()", 'foo'],
    ['new Foo()', 'Foo'],
    ['Math.foo(1)', 'foo'],
    ['y.foo()', 'y'],
    ['Foo y;', 'Foo'],
    ['1 / 0', undefined],
  ])('%s: %s', (text, failingName) => {
    expect(errorOf(text).failingName).toBe(failingName);
  });
});

describe('limits of programs', () => {
  it('count the rounds of each loop by itself', () => {
    const nested = 'n = 0; for (i = 0; i < 9; i += 1) for (j = 0; j < 9; j += 1) n += 1; n';
    expect(value(nested, { limits: { loop: 10 } })).toBe(81n);
    expect(errorOf(nested, { limits: { loop: 9 } })).toMatchObject({ kind: 'limit' });
    expect(value('for (i = 0; i < 25000; i += 1) {} i')).toBe(25_000n);
    expect(value('for (i = 0; ; i += 1) if (i >= 25000) return i;')).toBe(25_000n);
    expect(errorOf('for (i = 0; ; i += 1) if (i >= 25001) return i;')).toMatchObject({ kind: 'limit' });
    expect(errorOf('while (true) {}')).toMatchObject({ kind: 'limit', line: 1, column: 1 });
  });

  it('hold for the memory of texts that double', () => {
    const doubling = "s = 'x'; while (true) s += s;";
    expect(run(doubling)).toEqual({ kind: 'exhausted', limit: 'memory' });
    expect(run("s = 'x'; while (s.length() < 1000) s += s; s.length()", { limits: { memory: 2_000 } })).toEqual({
      kind: 'exhausted',
      limit: 'memory',
    });
  });

  it('hold for results that stand for more than they are', () => {
    const billions =
      "m = new Map(); for (i = 0; i < 60; i += 1) { n = new Map(); n.put('a', m); n.put('b', m); m = n; } m";
    expect(run(billions).kind).toBe('exhausted');
    expect(run("m = new Map(); m.put('m', m); m")).toMatchObject({ error: { kind: 'limit' } });
    expect(run("m = new Map(); m.put('m', m); '' + m")).toMatchObject({ error: { kind: 'limit' } });
    expect(run("m = new Map(); m.put('m', m); n = new Map(); n.put('m', n); m == n")).toMatchObject({
      error: { kind: 'limit' },
    });
  });

  it('hold for the operands that wait', () => {
    const literal = `new int[]{${Array.from({ length: 9 }, (_, index) => index).join(',')}}`;
    expect(run(literal, { limits: { stack: 10 } })).toMatchObject({ error: { kind: 'limit' } });
    expect(run(literal, { limits: { stack: 11 } }).kind).toBe('value');
    expect(run(`new int[]{${Array<number>(4_000).fill(1).join(',')}}`).kind).toBe('value');
  });

  it('hold for the length of the text', () => {
    expect(errorOf('1 + 1 + 1', { limits: { length: 9 } })).toMatchObject({ kind: 'limit' });
    expect(value('1 + 1 + 1', { limits: { length: 10 } })).toBe(3n);
  });

  it('hold for the depth of every construct', () => {
    const opens = [
      'if (true) ',
      '{',
      'while (true) ',
      'for (;;) ',
      'if (true) 1; else ',
      'a = ',
      'new int[]{',
      'new A(',
    ];
    for (const open of opens) {
      const text = open.repeat(Math.floor(9_900 / open.length));
      expect(['limit', 'syntax']).toContain(errorOf(text).kind);
    }
  });
});
