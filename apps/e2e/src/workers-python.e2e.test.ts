import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot, waitUntil } from '@maestro/testing';
import { maestroCli } from './testing/cli.js';
import { expectNothingLeft } from './testing/invariants.js';
import { pythonForWorkers } from './testing/python-worker.js';
import { step, then } from './testing/runs.js';
import { System } from './testing/system.js';
import { WorkerProcess } from './testing/worker-process.js';

const EXAMPLE = 'examples/worker-python';
const SECONDS = (value: number): unknown => ({ seconds: { type: 'DOUBLE', value } });
const SOON = {
  retry_policy: { platform_retry_limit: 3, backoff: { type: 'FIXED_BACKOFF', platform_retry_backoff_in_secs: 1 } },
};

const found = pythonForWorkers();
const missing = 'missing' in found ? ` (skipped: ${found.missing})` : '';
const withPython = 'missing' in found ? describe.skip : describe;

withPython(`a worker in Python${missing}`, () => {
  let system: System;
  let cli: ReturnType<typeof maestroCli>;
  const processes: WorkerProcess[] = [];

  beforeAll(async () => {
    system = await System.start();
    cli = maestroCli(system.restUrl);
    await start();
  }, 150_000);

  afterAll(async () => {
    for (const each of processes) each.kill();
    await system.stop();
  }, 60_000);

  async function start(): Promise<WorkerProcess> {
    if ('missing' in found) throw new Error(found.missing);
    const address = system.running().services['executor']?.grpc ?? '';
    const it = WorkerProcess.python(`${EXAMPLE}/worker.py`, address, found);
    processes.push(it);
    await it.connected();
    return it;
  }

  test('runs the example: pushed and started by the command line, with outputs and a log', async () => {
    const file = join(repositoryRoot(), EXAMPLE, 'workflow.yaml');
    expect((await cli('push', file)).code).toBe(0);
    expect((await cli('start', 'python-worker', '--watch')).code).toBe(0);
    const view = await system.runs.step('python-worker', 'mean');
    expect(view.params).toMatchObject({ mean: { evaluated_result: 3 } });
    expect(await system.runs.log('python-worker', 'mean')).toBe('3 numbers\n');
  }, 60_000);

  test('fails a step with its own fault, and the log has the traceback', async () => {
    const params = { numbers: { type: 'DOUBLE_ARRAY', value: [] } };
    const retry_policy = { error_retry_limit: 0 };
    await system.runs.pushSteps('py-error', [step('a', 'mean', { params, retry_policy })]);
    expect((await system.runs.finish('py-error')).status).toBe('FAILED');
    expect(await system.runs.log('py-error', 'a')).toMatch(/Traceback.*UserError: there are no numbers/s);
  });

  test('stops a step that takes too long, and one that is cancelled', async () => {
    const retry_policy = { timeout_retry_limit: 0 };
    const long = { params: SECONDS(60) };
    await system.runs.pushSteps('py-late', [step('a', 'wait-a-bit', { ...long, timeout: '1 second', retry_policy })]);
    expect((await system.runs.finish('py-late')).status).toBe('TIMED_OUT');
    await system.runs.pushSteps('py-stop', [step('a', 'wait-a-bit', long)]);
    await system.runs.start('py-stop');
    await system.runs.stepIs('py-stop', 'a', ['RUNNING']);
    expect((await cli('stop', 'py-stop/1')).code).toBe(0);
    expect((await system.runs.ended('py-stop')).status).toBe('STOPPED');
  }, 60_000);

  test('that is killed loses its step to the next one; many steps at once share a thread', async () => {
    const [doomed] = processes;
    await system.runs.pushSteps('py-killed', [step('a', 'wait-a-bit', { params: SECONDS(4), ...SOON })]);
    await system.runs.start('py-killed');
    await system.runs.stepIs('py-killed', 'a', ['RUNNING']);
    doomed?.kill();
    await start();
    const ids = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const steps = ids.map((id) => step(id, 'wait-a-bit', { params: SECONDS(0.2), ...then('end') }));
    await system.runs.pushSteps('py-many', [...steps, step('end', 'NoOp')]);
    expect((await system.runs.finish('py-many')).status).toBe('SUCCEEDED');
    expect((await system.runs.ended('py-killed', 1, 60_000)).status).toBe('SUCCEEDED');
    expect((await system.runs.step('py-killed', 'a')).step_attempt_id).toBe(2);
  }, 90_000);

  test('connects again when its executor was killed, and ends when it is told to', async () => {
    system.kill('executor');
    const again = processes.at(-1);
    await waitUntil(() => (again?.output.match(/serves pool/g) ?? []).length > 1, {
      describe: 'the reconnect',
      timeoutMs: 30_000,
    });
    await system.runs.pushSteps('py-again', [step('a', 'wait-a-bit')]);
    expect((await system.runs.finish('py-again')).status).toBe('SUCCEEDED');
    expect(await again?.drain()).toBe(0);
  }, 60_000);

  test('is of a library whose own tests pass', () => {
    if ('missing' in found) throw new Error(found.missing);
    const tests = join(repositoryRoot(), 'libs', 'worker-python', 'tests');
    const { status, stderr } = spawnSync(found.python, ['-m', 'unittest', 'discover', '-s', tests], {
      env: { ...process.env, ...found.env },
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(stderr).toMatch(/Ran [1-9]\d* tests[^]*OK/);
    expect(status).toBe(0);
  }, 70_000);

  test('leaves nothing behind', () => expectNothingLeft(system));
});
