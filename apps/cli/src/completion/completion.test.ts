import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { instanceBody, stepBody } from '../testing/bodies.js';
import { FakeGateway, json } from '../testing/fake-gateway.js';
import { run } from '../testing/run.js';

const folder = mkdtempSync(join(tmpdir(), 'maestro-cli-'));
const script = join(folder, 'maestro.bash');
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  writeFileSync(script, (await run(['completion', 'bash'])).out);
  writeFileSync(join(folder, 'flow.yaml'), '');
  // What the script calls for names.
  writeFileSync(join(folder, 'maestro'), '#!/bin/sh\n[ "$1" = __complete ] && printf "hello\\nother\\n"\n');
  chmodSync(join(folder, 'maestro'), 0o755);
});

async function bash(command: string): Promise<string> {
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', command], { env, cwd: folder });
  return stdout.trim();
}

/** What bash would offer for a line with the cursor at its end. */
async function offered(...words: string[]): Promise<string[]> {
  const line = words.map((word) => `'${word}'`).join(' ');
  const call = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _maestro; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return (await bash(`source ${script}; ${call}`)).split('\n').filter((each) => each !== '');
}

describe('the completion of bash', () => {
  it('registers itself', async () => {
    expect(await bash(`source ${script}; complete -p maestro`)).toBe(
      'complete -o bashdefault -o default -F _maestro maestro',
    );
  });

  it.each([
    [
      ['maestro', 'st'],
      ['start', 'stop', 'step', 'step-types'],
    ],
    [['maestro', 'start', 'h'], ['hello']],
    [
      ['maestro', '-o', 'json', 'start', ''],
      ['hello', 'other'],
    ],
    [
      ['maestro', 'start', '--par'],
      ['--param', '--param-file'],
    ],
    [
      ['maestro', 'list', '-o', ''],
      ['table', 'json', 'yaml'],
    ],
    [['maestro', 'push', 'fl'], ['flow.yaml']],
    [['maestro', 'start', 'x', '--param-file', 'fl'], ['flow.yaml']],
    [
      ['maestro', 'completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['maestro', 'start', 'hello', '--param', ''], []],
  ])('offers for %j: %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});

describe('the completions of zsh and fish', () => {
  it.each(['zsh', 'fish'])('of %s know every command and its options, and no hidden one', async (shell) => {
    const { out } = await run(['completion', shell]);
    for (const word of ['push', 'explain', 'watch', 'param-file', 'follow', 'output', 'table json yaml']) {
      expect(out).toContain(word);
    }
    expect(out).not.toMatch(/(-a |')__complete/);
  });
});

describe('names for completion', () => {
  it('are workflows, then instances, then steps', async () => {
    const page = { page_info: {}, total_count: 1 };
    const gateway = new FakeGateway()
      .on('GET /workflows', json({ ...page, elements: [{ workflow_id: 'hello' }, { workflow_id: 'say-hello' }] }))
      .on('GET /workflows/hello/instances', json({ ...page, elements: [instanceBody('FAILED')] }))
      .on('GET /workflows/hello/instances/7/steps', json([stepBody('greet', 'RUNNING')]));
    const env = { MAESTRO_URL: await gateway.start() };
    const names = async (typed: string) => (await run(['__complete', typed], { env })).out;
    expect(await names('hel')).toBe('hello\n');
    expect(await names('hello/')).toBe('hello/7\n');
    expect(await names('hello/7/')).toBe('hello/7/greet\n');
    await gateway.stop();
    expect(await run(['__complete', 'hel'], { env })).toEqual({ code: 0, out: '', err: '' });
  });
});
