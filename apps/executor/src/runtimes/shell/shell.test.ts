import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import { testProcessSettings } from '../../testing/process-settings.js';
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
  return shell(testProcessSettings(scratchDir)).start(taskWith('Shell', { script, ...params }), context);
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

it('what stands between the output tokens in stdout counts when no file was written', async () => {
  const result = await run(`echo "$MAESTRO_OUTPUT_START"'{"params": {"n": 1}}'"$MAESTRO_OUTPUT_END"; env`);
  expect(outputsOf(result)).toEqual({ n: { type: 'LONG', value: 1n } });
});

it('printed output that is no document is a user error', async () => {
  const result = await run(`echo "$MAESTRO_OUTPUT_START nonsense $MAESTRO_OUTPUT_END"`);
  expectFailure(result, 'USER_ERROR', 'printed output');
});

it('what a failed script returned is kept as artifacts', async () => {
  const document = '{"params": {"n": 1}, "artifacts": {"maestro_retry": {"type": "RETRY", "retryable": false}}}';
  const result = await run(`echo '${document}' > "$MAESTRO_OUTPUT"; exit 1`);
  expect(result.outcome).toBe('USER_ERROR');
  expect(outputsOf(result)).toBeUndefined();
  expect(artifactsOf(result)).toEqual({
    maestro_retry: { type: 'RETRY', retryable: false },
    maestro_failed_output: { type: 'DEFAULT', params: { n: { type: 'LONG', value: 1n } } },
  });
});

it('all params are in the file $MAESTRO_PARAMS, also those too long for the environment', async () => {
  const long = 'x'.repeat(200_000);
  await run('cat "$MAESTRO_PARAMS"; printf "%s" "$MAESTRO_PARAM_LONG"', { long, n: 9_007_199_254_740_993n });
  expect(context.text('stdout')).toBe(`{"long":"${long}","n":9007199254740993}`);
  expect(context.text('system')).toContain('param long');
});

it('arguments are passed as they are', async () => {
  await run('printf "%s|" "$@"', { args: ['a b', '$(id)', ''] });
  expect(context.text('stdout')).toBe('a b|$(id)||');
});

it.each([
  [75, {}, 'PLATFORM_ERROR'],
  [3, { exit_codes: { '3': 'fatal' } }, 'FATAL_ERROR'],
  [4, { exit_codes: { '1-9': 'timeout' } }, 'TIMED_OUT'],
  [5, { exit_codes: { '5': 'success' } }, 'DONE'],
])('exit code %d with %j is %s', async (code, params, outcome) => {
  expect((await run(`exit ${code}`, params)).outcome).toBe(outcome);
});

it('a rule that is none is fatal and named', async () => {
  expectFailure(await run('true', { exit_codes: { boom: 'user' } }), 'FATAL_ERROR', '"boom"');
});

it('a script over its memory gets none', async () => {
  const hungry = 'const all = []; for (;;) all.push(Buffer.alloc(10_000_000, 1));';
  const result = await run(hungry, { interpreter: process.execPath, memory_mb: 400n });
  expect(['USER_ERROR', 'PLATFORM_ERROR']).toContain(result.outcome);
});

it.each([0n, 'much'])('a memory limit of %p is refused', async (limit) => {
  expectFailure(await run('true', { memory_mb: limit }), 'FATAL_ERROR', 'memory_mb');
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

const ESCAPE =
  'setsid sh -c "setsid sleep 300 >/dev/null 2>&1 & echo child \\$!; sleep 300" & while :; do sleep 0.05; done';

it('what left the process group is stopped with the script', async () => {
  const running = run(ESCAPE);
  await waitUntil(() => context.text('stdout').includes('child'));
  context.abort();
  await expect(running).resolves.toEqual({ outcome: 'STOPPED' });
  const child = Number(/child (\d+)/.exec(context.text('stdout'))?.[1]);
  await waitUntil(() => !isRunning(child));
});

it('what left the process group and holds the outputs does not hold up the end', async () => {
  const result = await run('setsid sleep 300 & echo "child $!"; sleep 0.1');
  expect(result.outcome).toBe('DONE');
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
