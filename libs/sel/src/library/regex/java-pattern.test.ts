import { Fault } from '../../runtime/error.js';
import { value } from '../../testing/run.js';
import { translate } from './java-pattern.js';

const found = (text: string, regex: string): unknown =>
  value("text.replaceAll(regex, '#')", { values: { text, regex } });

/** Expected values are those of java.util.regex of JDK 17. */
describe('patterns mean what they mean in Java', () => {
  it.each([
    ['a\u000bb c', '\\s', 'a#b#c'],
    ['a\u000bb c', '\\S', '#\u000b# #'],
    ['a\u000bb', '[\\S]', '#\u000b#'],
    ['a\u2028b\u0085c\rd', '.', '#\u2028#\u0085#\r#'],
    ['a\nb', '(?s).', '###'],
    ['a\nb', '(?s:.)', '###'],
    ['a\u00a0b', '\\h', 'a#b'],
    ['a\nb', '\\v', 'a#b'],
    ['a.b', '\\Q.\\E', 'a#b'],
    ['a.b', '\\Q.', 'a#b'],
    ['x]y', '[]x]', '##y'],
    ['abc-', '[a[bc]]', '###-'],
    ['a-.', '[\\w-.]', '###'],
    ['AbC', '(?i)b', 'A#C'],
    ['été', '\\p{L}', '###'],
    ['été', '\\p{Alpha}', 'é#é'],
    ['aB1', '\\P{Upper}', '#B#'],
    ['aé日', '\\p{IsLatin}', '##日'],
    ['A1', '\\x41|\\u0031', '##'],
    ['😀a', '\\ud83d\\ude00', '#a'],
    ['😀a', '\\x{1F600}', '#a'],
    ['a', '\\0141', '#'],
    ['\t\u001b\u0001', '\\t\\e\\cA', '#'],
    ['a}]', '}|]', 'a##'],
    ['aaa', 'a{2}', '#a'],
    ['{}', '\\{\\}', '#'],
    ['a_b', '\\_', 'a#b'],
    ['foo bar', '\\b', '#foo# #bar#'],
    ['abc', '(?<all>a.)', '#c'],
  ])('%j by %j', (text, regex, expected) => {
    expect(found(text, regex)).toBe(expected);
  });
});

describe('what has no linear time or no counterpart is refused with its reason', () => {
  it.each([
    ['(a)\\1', 'back-references'],
    ['(?<n>a)\\k<n>', 'back-references'],
    ['(?=a)', 'look-ahead and look-behind'],
    ['(?!a)', 'look-ahead and look-behind'],
    ['(?<=a)b', 'look-ahead and look-behind'],
    ['(?<!a)b', 'look-ahead and look-behind'],
    ['(?>a)', 'atomic groups'],
    ['a++', 'possessive'],
    ['[a-c&&b]', 'intersections'],
    ['[a[^b]]', 'negated class'],
    ['(?x)a', 'flag (?x)'],
    ['\\Z', 'use $ or \\z'],
    ['\\y', 'no escape \\y'],
    ['*a', 'nothing stands before'],
    ['a**', 'nothing stands before'],
    ['{', 'write \\{'],
    ['a{,2}', 'write \\{'],
    ['a{1001}', 'more than 1000'],
    ['(a', 'no end'],
    ['a)', 'closes no group'],
    ['[a', 'no end'],
    ['\\', 'ends too early'],
    ['\\x4', 'hexadecimal'],
    ['\\p{', 'no end'],
  ])('%j', (regex, reason) => {
    expect(() => translate(regex, 7)).toThrow(Fault);
    expect(() => translate(regex, 7)).toThrow(reason);
  });

  it('names what RE2 itself refuses', () => {
    expect(() => value("'a'.matches('[z-a]')")).toThrow('regular expression `[z-a]`');
    expect(() => value("'a'.matches('\\\\p{Klingon}')")).toThrow('Klingon');
  });
});

describe('the size of a program is known before it is compiled', () => {
  it.each([
    ['abc', 3],
    ['a{10}', 11],
    ['(?:ab){10}', 41],
    ['(?:(?:a{10}){10}){10}', 1_000],
  ])('%j has about %d instructions', (regex, size) => {
    expect(translate(regex, 0).size).toBeGreaterThanOrEqual(size);
    expect(translate(regex, 0).size).toBeLessThan(2 * size + 10);
  });
});
