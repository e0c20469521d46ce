import { createColors } from 'picocolors';
import { prettyJson } from './json.js';
import { problemText } from './source-problem.js';
import { tableOf } from './table.js';
import { agoText, durationText } from './time.js';
import { yamlOf } from './yaml.js';

const plain = createColors(false);
const painted = createColors(true);

describe('JSON and YAML output', () => {
  it('keeps every digit of a body', () => {
    expect(prettyJson('{"a":9007199254740993,"b":1.10,"c":[]}')).toBe(
      '{\n  "a": 9007199254740993,\n  "b": 1.10,\n  "c": []\n}\n',
    );
    expect(yamlOf('{"a":9007199254740993,"b":"x: y"}')).toBe('a: 9007199254740993\nb: "x: y"\n');
  });
});

describe('a table', () => {
  it('lines up columns, whatever is painted', () => {
    const rows = [
      ['a', painted.red('BAD'), 'x'],
      ['long-name', 'OK', 'y'],
    ];
    expect(tableOf(['NAME', 'STATUS', 'Z'], rows, plain)).toBe(
      `NAME       STATUS  Z\na          ${painted.red('BAD')}     x\nlong-name  OK      y\n`,
    );
  });
});

describe('a length of time', () => {
  it.each([
    [-5, '0ms'],
    [340, '340ms'],
    [4_200, '4.2s'],
    [59_949, '59.9s'],
    [59_960, '0m 59s'],
    [185_000, '3m 05s'],
    [7_800_000, '2h 10m'],
    [442_800_000, '5d 3h'],
  ])('of %d ms reads %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it('is counted from now', () => {
    expect(agoText(1_000n, 181_000)).toBe('3m ago');
    expect(agoText(61_000n, 1_000)).toBe('in 1m');
    expect(agoText(undefined, 1)).toBe('');
  });
});

describe('a problem of a text', () => {
  const source = { name: 'a.yaml', text: 'workflow:\n\ttyp: Shell\n' };

  it('is shown with its line and a caret below the place', () => {
    const problem = { path: 'workflow.typ', message: 'unknown field "typ"', line: 2, column: 2 };
    expect(problemText(source, problem, plain)).toBe(
      'a.yaml:2:2 workflow.typ unknown field "typ"\n    2 | \ttyp: Shell\n      | \t^\n',
    );
  });

  it('is one line when its place is not known or not in the text', () => {
    expect(problemText(source, { path: '', message: 'is empty' }, plain)).toBe('a.yaml is empty\n');
    expect(problemText(source, { path: 'a', message: 'm', line: 9 }, plain)).toBe('a.yaml:9 a m\n');
  });

  test('of an expression that is written in another form show that expression too', () => {
    const folded = { name: 'a.yaml', text: 'x: >\n  1 +\n  flag' };
    const problem = { path: 'x', message: 'm', line: 1, column: 1, excerpt: '1 + flag\n  ^' };
    expect(problemText(folded, problem, plain)).toBe(
      'a.yaml:1:1 x m\n    1 | x: >\n      | ^\n      | 1 + flag\n      |   ^\n',
    );
  });
});
