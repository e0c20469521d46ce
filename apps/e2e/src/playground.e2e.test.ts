import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot } from '@maestro/testing';

const LINES = 20_000;

let child: ChildProcess;
let answers: AsyncIterator<string>;
let closed: Promise<unknown>;

/** Without any server: nothing listens at this address. */
beforeEach(() => {
  const command = join(repositoryRoot(), 'apps', 'cli', 'bin', 'maestro.cjs');
  const env = { ...process.env, MAESTRO_URL: 'http://127.0.0.1:1', NO_COLOR: '1' };
  child = spawn(process.execPath, [command, 'sel', '--batch'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  closed = once(child, 'close');
  if (child.stdout === null) throw new Error('the command has no output');
  answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
});
afterEach(async () => {
  child.kill();
  await closed;
});

const send = (...lines: readonly string[]): void => void child.stdin?.write(lines.map((line) => `${line}\n`).join(''));
const answer = async (): Promise<unknown> => (await answers.next()).value;

describe('maestro sel --batch', () => {
  it('answers a line before it gets the next one, and goes on after a bad one', async () => {
    send('{"expr": "a + 1", "params": {"a": 9007199254740993}}');
    expect(await answer()).toBe('{"value":9007199254740994,"type":"LONG"}');
    send('not JSON');
    expect(JSON.parse(String(await answer()))).toMatchObject({ error: { kind: 'input', line: 2, column: 1 } });
    send('{"expr": "new DateTime().toString()", "now_ms": 0}');
    expect(await answer()).toBe('{"value":"1970-01-01T00:00:00.000Z","type":"STRING"}');
    child.stdin?.end();
    expect(await closed).toEqual([0, null]);
  });

  it(`answers ${LINES} lines in their order`, async () => {
    send(...Array.from({ length: LINES }, (_, index) => `{"expr": "n * 2", "params": {"n": ${index}}}`));
    for (let index = 0; index < LINES; index += 1) {
      expect(await answer()).toBe(`{"value":${2 * index},"type":"LONG"}`);
    }
  });
});
