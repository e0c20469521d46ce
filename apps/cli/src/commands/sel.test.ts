import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../sel/answer.js';
import { run } from '../testing/run.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
const json = join(folder, 'params.json');
const yaml = join(folder, 'params.yaml');
writeFileSync(json, '{"big": 9007199254740993, "ratio": 1.0, "list": [1, 2], "m": {"k": "v"}}');
writeFileSync(yaml, 'big: 9007199254740993\nratio: 1.0\nlist: [1, 2]\n');
afterAll(() => rmSync(folder, { recursive: true }));

describe('sel', () => {
  it('prints the value and its type', async () => {
    expect(await run(['sel', '1 + 1'])).toEqual({ code: 0, out: '2  LONG\n', err: '' });
  });

  it('reads the expression from the standard input for "-"', async () => {
    expect((await run(['sel', '-'], { stdin: "'a' +\n 'b'\n" })).out).toBe('"ab"  STRING\n');
  });

  it.each([json, yaml])('knows the params of %s with every digit', async (file) => {
    expect((await run(['sel', 'big + 1', '--params', file])).out).toBe('9007199254740994  LONG\n');
    expect((await run(['sel', 'ratio', '--params', file])).out).toBe('1.0  DOUBLE\n');
    expect((await run(['sel', 'params.list', '--params', file])).out).toBe('[1,2]  LONG_ARRAY\n');
  });

  it('writes JSON and YAML for programs', async () => {
    expect((await run(['sel', 'm', '--params', json, '-o', 'json'])).out).toBe(
      '{\n  "value": {\n    "k": "v"\n  },\n  "type": "MAP"\n}\n',
    );
    expect((await run(['sel', '9007199254740993', '-o', 'yaml'])).out).toBe('value: 9007199254740993\ntype: LONG\n');
  });

  it('says that some functions of params need a run', async () => {
    const { code, err } = await run(['sel', "params.getFromSignal('a', 'b')"]);
    expect([code, err]).toEqual([1, expect.stringContaining('params.getFromSignal needs a run of a workflow')]);
  });

  it('takes the present moment from --now-ms', async () => {
    expect((await run(['sel', 'System.currentTimeMillis()', '--now-ms', '12345'])).out).toBe('12345  LONG\n');
  });

  it('shows where an expression is wrong, and ends with 1', async () => {
    const { code, out, err } = await run(['sel', '1 +\n 2 / 0']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^expression:2:\d+ arithmetic .*division by zero/);
    expect(err).toContain(`    2 |  2 / 0\n      |  `);
  });

  it('gives the error to programs, too', async () => {
    const { code, out } = await run(['sel', '1 +', '-o', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { kind: 'syntax', line: 1, column: 4 } });
  });

  it('holds to the limits that are asked for', async () => {
    const { code, err } = await run(['sel', 'i = 0; while (true) { i += 1; } i', '--limits', 'loop=10']);
    expect(code).toBe(1);
    expect(err).toContain(' limit ');
  });

  it('takes longer texts when it is asked to', async () => {
    const stdin = `'${'x'.repeat(12_000)}'.length()`;
    expect((await run(['sel', '-'], { stdin })).err).toContain('fewer than 10000 are allowed');
    expect((await run(['sel', '-', '--limits', 'length=20000'], { stdin })).out).toBe('12000  LONG\n');
  });

  it('calls a limit as it is set', async () => {
    expect((await run(['sel', 'a + b', '--limits', 'visit=1'])).err).toContain('its limit of visit');
  });

  it.each([
    [[], 'write an expression'],
    [['1', '--limits', 'depth=1'], 'limits are stack, loop, array, length, visit, memory'],
    [['1', '--limits', 'loop'], 'write <name>=<count>'],
    [['1', '--now-ms', 'now'], 'write milliseconds'],
    [['1', '--params', '/no/such/file.json'], 'there is no such file'],
    [['1', '--batch'], 'from the lines of the standard input'],
  ])('%j is not understood', async (args, message) => {
    const { code, err } = await run(['sel', ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('sel --batch', () => {
  const problemOf = (line: string | undefined): Problem => (JSON.parse(line ?? '') as { error: Problem }).error;
  const batch = async (...lines: string[]): Promise<string[]> => {
    const { code, out, err } = await run(['sel', '--batch'], { stdin: lines.map((line) => `${line}\n`).join('') });
    expect([code, err]).toEqual([0, '']);
    return out.trimEnd().split('\n');
  };

  it('answers each line with one line, in order, with every digit', async () => {
    expect(
      await batch(
        '{"expr": "a + 1", "params": {"a": 9223372036854775806}}',
        '{"expr": "1.0 * 2"}',
        '{"expr": "m", "params": {"m": {"a": [1, 2], "b": null}}}',
        '{"expr": "missing", "id": "any other member"}',
      ),
    ).toEqual([
      '{"value":9223372036854775807,"type":"LONG"}',
      '{"value":2.0,"type":"DOUBLE"}',
      '{"value":{"a":[1,2],"b":null},"type":"MAP"}',
      '{"value":null,"type":"NULL"}',
    ]);
  });

  it('never stops at a bad line', async () => {
    const answers = await batch(
      '{"expr": ',
      '',
      '[]',
      '{"params": {}}',
      '{"expr": "1", "params": {"a": 9223372036854775808}}',
      '{"expr": "1", "params": {"a": [1, "b"]}}',
      '{"expr": "1", "limits": {"depth": 1}}',
      '{"expr": "1", "limits": {"loop": -1}}',
      '{"expr": "1", "now_ms": 1.5}',
      '['.repeat(100_000),
      '{"expr": "1"}',
    );
    const problems = answers.slice(0, -1).map((line) => problemOf(line));
    expect(problems.map(({ kind, line }) => `${kind} ${line}`)).toEqual(
      problems.map((_, index) => `input ${index + 1}`),
    );
    expect(problems[0]).toMatchObject({ column: 10 });
    expect(answers.at(-1)).toBe('{"value":1,"type":"LONG"}');
  });

  it('has the place of an error of the expression', async () => {
    const [answer] = await batch('{"expr": "1 +\\n 2 / 0"}');
    expect(problemOf(answer)).toMatchObject({ kind: 'arithmetic', line: 2 });
  });

  it('needs no line break at the end, and puts pieces together', async () => {
    const stdinPieces = ['{"ex', 'pr": "1"}\n{"expr": "2', '"}\n\n{"expr": "3"}'];
    const { out } = await run(['sel', '--batch'], { stdinPieces });
    expect(out.split('\n')).toEqual([
      '{"value":1,"type":"LONG"}',
      '{"value":2,"type":"LONG"}',
      expect.stringContaining('"kind":"input"'),
      '{"value":3,"type":"LONG"}',
      '',
    ]);
  });

  it('reads on only when its answers are taken', async () => {
    let [read, taken] = [0, 0];
    let ahead = 0;
    const pieces = function* () {
      for (; read < 200; read += 1) {
        ahead = Math.max(ahead, read - taken);
        yield '{"expr": "1"}\n';
      }
    };
    await run(['sel', '--batch'], { stdinPieces: pieces(), onOutput: () => (taken += 1) });
    expect([taken, ahead]).toEqual([200, 0]);
  });
});
