import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { RuntimeOutcome, RuntimeResult } from '../runtime.js';
import { shell } from './shell.js';

let scratchDir: string;
let context: RecordingContext;

beforeEach(() => {
  scratchDir = mkdtempSync(join(tmpdir(), 'maestro-shell-'));
  context = new RecordingContext();
});
afterEach(() => rmSync(scratchDir, { recursive: true, force: true }));

function run(script: string, params: JsonObject = {}): Promise<RuntimeResult> {
  return shell({ scratchDir, graceMs: 300 }).start(taskWith('Shell', { script, ...params }), context);
}

function expectFailure(result: RuntimeResult, outcome: RuntimeOutcome, text: string): void {
  expect(result.outcome).toBe(outcome);
  expect(result.message).toContain(text);
}

it('exit code 0 is DONE and both streams are logged', async () => {
  await expect(run('echo out; echo err >&2')).resolves.toEqual({ outcome: 'DONE' });
  expect([context.text('stdout'), context.text('stderr')]).toEqual(['out\n', 'err\n']);
});

it('any other exit code is a user error with the code and the last lines of stderr', async () => {
  const result = await run('echo first >&2; echo "no such table" >&2; exit 3');
  expect(result.outcome).toBe('USER_ERROR');
  expect(result.message).toBe('The script ended with exit code 3:\nfirst\nno such table');
});

it('params arrive in the environment, exact, and never as text of the script', async () => {
  const nasty = '$(touch /tmp/maestro-injected) `id` "; exit 9';
  const result = await run('printf "%s|%s|%s" "$MAESTRO_PARAM_TABLE_NAME" "$MAESTRO_PARAM_BIG" "$MAESTRO_PARAM_LIST"', {
    'table.name': nasty,
    big: 9_223_372_036_854_775_807n,
    list: ['a', 'b'],
  });
  expect(result.outcome).toBe('DONE');
  expect(context.text('stdout')).toBe(`${nasty}|9223372036854775807|["a","b"]`);
  expect(existsSync('/tmp/maestro-injected')).toBe(false);
});

it('nothing of the environment of the executor gets in', async () => {
  process.env['MAESTRO_TEST_SECRET'] = 'hush';
  try {
    await run('env');
  } finally {
    delete process.env['MAESTRO_TEST_SECRET'];
  }
  expect(context.text('stdout')).not.toContain('hush');
  expect(context.text('stdout')).toContain('MAESTRO_ATTEMPT_ID=77-0-1\n');
  expect(context.text('stdout')).toContain('MAESTRO_INSTANCE_ID=9007199254740993\n');
  expect(context.text('stdout')).toContain(`TRACEPARENT=${context.traceparent}\n`);
});

it('variables of `env` and another interpreter are used', async () => {
  await run('process.stdout.write(process.env.GREETING)', { interpreter: process.execPath, env: { GREETING: 'hi' } });
  expect(context.text('stdout')).toBe('hi');
});

it('what is written to $MAESTRO_OUTPUT becomes output params and artifacts', async () => {
  const document =
    '{"params": {"rows": 9007199254740993, "t": {"type": "STRING", "value": "x"}}, "artifacts": {"a": {"b": 1}}}';
  const result = await run(`echo '${document}' > "$MAESTRO_OUTPUT"`);
  expect(outputsOf(result)).toEqual({
    rows: { type: 'LONG', value: 9_007_199_254_740_993n },
    t: { type: 'STRING', value: 'x' },
  });
  expect(artifactsOf(result)).toEqual({ a: { b: 1n } });
});

it('an output that is not such a document is a user error that says so', async () => {
  const result = await run('echo nonsense > "$MAESTRO_OUTPUT"');
  expect(result.outcome).toBe('USER_ERROR');
  expect(result.message).toContain('$MAESTRO_OUTPUT');
});

it('the scratch folder is the working folder and is gone afterwards', async () => {
  await run('pwd; touch left-behind');
  const folder = context.text('stdout').trim();
  expect(folder.startsWith(scratchDir)).toBe(true);
  expect(existsSync(folder)).toBe(false);
});

it('a working_dir that is no folder is named', async () => {
  const result = await run('true', { working_dir: '/no/such/folder' });
  expectFailure(result, 'FATAL_ERROR', '/no/such/folder');
});

it('on abort the script may clean up, and what it started ends with it', async () => {
  const running = run('trap "echo bye; exit 1" TERM; sleep 300 & echo "child $!"; wait');
  await waitUntil(() => context.text('stdout').includes('child'));
  context.abort();
  await expect(running).resolves.toEqual({ outcome: 'STOPPED' });
  expect(context.text('stdout')).toContain('bye');
  const child = Number(/child (\d+)/.exec(context.text('stdout'))?.[1]);
  await waitUntil(() => !isRunning(child));
});

it('a script that ignores SIGTERM is killed after the grace', async () => {
  const running = run('trap "" TERM; echo ready; while true; do sleep 0.05; done');
  await waitUntil(() => context.text('stdout').includes('ready'));
  context.abort();
  await expect(running).resolves.toEqual({ outcome: 'STOPPED' });
});

it('what a script leaves running in the background ends with the script', async () => {
  await run('sleep 300 & echo "child $!"');
  const child = Number(/child (\d+)/.exec(context.text('stdout'))?.[1]);
  await waitUntil(() => !isRunning(child));
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
