import { PRESETS } from '../../runtime/limits.js';
import { errorOf, run, value } from '../../testing/run.js';

const parsed = (text: string): unknown => value('Util.parseJson(text)', { values: { text } });

describe('Util.toJson', () => {
  it.each([
    ["Util.toJson('a\"b')", '"a\\"b"'],
    ['Util.toJson(9223372036854775807)', '9223372036854775807'],
    ['Util.toJson(1.0)', '1.0'],
    ['Util.toJson(true)', 'true'],
    ['Util.toJson(null)', 'null'],
    ['Util.toJson(new long[]{10, 20})', '[10,20]'],
    ["m = new Map(); m.put('b', 1); m.put('a', new String[]{'x'}); Util.toJson(m);", '{"b":1,"a":["x"]}'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('refuses maps that contain themselves', () => {
    expect(errorOf("m = new Map(); m.put('m', m); Util.toJson(m);").kind).toBe('limit');
  });

  it('pays for shared parts each time they are written', () => {
    const text = `m = new Map(); m.put('a', 'x'); for (i = 0; i < 40; i += 1) { n = new Map(); n.put('l', m); n.put('r', m); m = n; }
      return Util.toJson(m).length();`;
    expect(run(text, { limits: PRESETS.IN_PLACE }).kind).toBe('exhausted');
  });
});

describe('Util.parseJson', () => {
  it.each<[string, unknown]>([
    ['"a\\u0041\\n\\"b"', 'aA\n"b'],
    ['9223372036854775807', 9223372036854775807n],
    ['-0', 0n],
    ['1.5', 1.5],
    ['1E2', 100],
    [' true ', true],
    ['null', null],
    ['[1, 2]', [1n, 2n]],
    ['[1, 2.5]', [1, 2.5]],
    ['["a", "b"]', ['a', 'b']],
    ['[true]', [true]],
    ['[]', []],
    ['{}', new Map()],
    [
      '{"a": 1, "b": {"c": ["x"]}, "a": 2}',
      new Map<string, unknown>([
        ['a', 2n],
        ['b', new Map([['c', ['x']]])],
      ]),
    ],
    [
      '[{"a": 1}, "x"]',
      new Map<string, unknown>([
        ['0', new Map([['a', 1n]])],
        ['1', 'x'],
      ]),
    ],
    [
      '[[1], [2]]',
      new Map([
        ['0', [1n]],
        ['1', [2n]],
      ]),
    ],
    ['{"__proto__": "x"}', new Map([['__proto__', 'x']])],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  it.each([
    ['', 'at its end: a value is missing'],
    ['{"a": 1', "',' or '}' is missing"],
    ['{"a" 1}', "':' is missing"],
    ['{a: 1}', 'a key in double quotes is missing'],
    ['[1,]', 'a value is missing'],
    ['[1 2]', "',' or ']' is missing"],
    ['1 2', 'nothing may follow the value'],
    ['tru', 'a value is missing'],
    ['01', 'nothing may follow the value'],
    ['"abc', 'this text has no end'],
    ['"\\x"', 'escape that JSON does not know'],
    ['"a\nb"', 'this text has no end, or a character'],
    ['9223372036854775808', 'is too large'],
    ['1e400', 'is too large'],
    ['NaN', 'a value is missing'],
  ])('refuses %j', (text, message) => {
    expect(errorOf('Util.parseJson(text)', { values: { text } })).toMatchObject({
      kind: 'value',
      message: expect.stringContaining(message) as string,
    });
  });

  it('says where', () => {
    const { message } = errorOf('Util.parseJson(text)', { values: { text: '{"a": x}' } });
    expect(message).toBe("parseJson(): no JSON at character 7, 'x}': a value is missing");
  });

  it('bounds the depth and the number of items', () => {
    const kindOf = (text: string): string => errorOf('Util.parseJson(text)', { values: { text } }).kind;
    expect(kindOf('['.repeat(100_000))).toBe('limit');
    expect(kindOf('{"a":'.repeat(100_000))).toBe('limit');
    expect(kindOf(`[${'1,'.repeat(30_000)}1]`)).toBe('limit');
  });

  it('leaves the place of decisions when the text is large', () => {
    const text = `[${'1,'.repeat(20_000)}1]`;
    expect(run('Util.parseJson(text)', { values: { text }, limits: PRESETS.IN_PLACE }).kind).toBe('exhausted');
    expect(run('Util.parseJson(text).length', { values: { text } })).toEqual({ kind: 'value', value: 20_001n });
  });
});
