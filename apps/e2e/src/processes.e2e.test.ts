import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder, waitUntil } from '@maestro/testing';
import { maestroCli, type CliAnswer } from './testing/cli.js';
import { expectNothingLeft } from './testing/invariants.js';
import { isAlive, marksIn, PROCESS_TYPES, processStep, writePapermill } from './testing/process-steps.js';
import { shell, step, text } from './testing/runs.js';
import { System } from './testing/system.js';

let folder: string;
let system: System;
let maestro: (...args: string[]) => Promise<CliAnswer>;

beforeAll(async () => {
  folder = temporaryFolder('e2e-processes');
  writePapermill(join(folder, 'bin'));
  system = await System.start({
    MAESTRO_EXECUTOR_PROCESS_PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
    MAESTRO_EXECUTOR_CACHE_DIR: join(folder, 'cache'),
    MAESTRO_EXECUTOR_GIT_ALLOW_FILE: 'true',
    MAESTRO_EXECUTOR_STOP_GRACE_SECONDS: '1',
  });
  maestro = maestroCli(system.restUrl);
}, 120_000);

afterAll(() => system.stop(), 60_000);

const marksOf = (name: string): string => join(folder, `${name}.marks`);
const begun = (name: string, count = 1): Promise<unknown> =>
  waitUntil(() => marksIn(marksOf(name)).length >= count, { timeoutMs: 30_000, describe: `${name} begins` });
const gone = (name: string): Promise<unknown> =>
  waitUntil(() => !marksIn(marksOf(name)).some(isAlive), { describe: `the processes of ${name} have ended` });

describe.each(PROCESS_TYPES)('%s', (type) => {
  const id = (what: string): string => `${type.toLowerCase()}-${what}`;
  const only = type.toLowerCase();

  test('succeeds, and its outputs are params of the step', async () => {
    const name = id('ok');
    const definition = {
      properties: { owner: 'ada' },
      workflow: { id: name, steps: [processStep(type, 'ok', marksOf(name))] },
    };
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(definition));
    expect((await maestro('push', file)).code).toBe(0);
    expect(await maestro('start', name, '--watch')).toMatchObject({ code: 0 });
    expect((await system.runs.step(name, only)).params?.['rows']?.evaluated_result).toBe(42);
  });

  test('fails as the user’s error, with what it said', async () => {
    const name = id('bad');
    await system.runs.pushSteps(name, [processStep(type, 'bad', marksOf(name))]);
    expect((await system.runs.finish(name)).status).toBe('FAILED');
    const { runtime_state, timeline } = await system.runs.step(name, only);
    expect(runtime_state.status).toBe('FATALLY_FAILED');
    expect(JSON.stringify(timeline)).toContain('no such table');
    expect((await maestro('logs', `${name}/1/${only}`)).stdout).toContain('no such table');
  });

  test('is ended at its timeout', async () => {
    const name = id('slow');
    await system.runs.pushSteps(name, [processStep(type, 'hang', marksOf(name), { timeout: '1 second' })]);
    expect((await system.runs.finish(name)).status).toBe('TIMED_OUT');
    await gone(name);
  });

  test('is ended when its run is stopped', async () => {
    const name = id('stop');
    await system.runs.pushSteps(name, [processStep(type, 'hang', marksOf(name))]);
    await system.runs.start(name);
    await begun(name);
    expect((await maestro('stop', `${name}/1`)).code).toBe(0);
    expect((await system.runs.ended(name)).status).toBe('STOPPED');
    await gone(name);
  });
});

test('an executor that is killed in the middle: its processes end, and the next attempts run', async () => {
  const retry = {
    retry_policy: { platform_retry_limit: 3, backoff: { type: 'FIXED_BACKOFF', platform_retry_backoff_in_secs: 0 } },
  };
  const steps = PROCESS_TYPES.map((type) => processStep(type, 'once', marksOf(`killed-${type}`), retry));
  await system.runs.pushSteps('killed', steps);
  await system.runs.start('killed');
  for (const type of PROCESS_TYPES) {
    await begun(`killed-${type}`);
    // It is claimed: without its executor the attempt is lost.
    await system.runs.stepIs('killed', type.toLowerCase(), ['RUNNING']);
  }
  system.kill('executor');
  await Promise.all(PROCESS_TYPES.map((type) => gone(`killed-${type}`)));
  expect((await system.runs.ended('killed', 1, 60_000)).status).toBe('SUCCEEDED');
  for (const type of PROCESS_TYPES) {
    const attempts = marksIn(marksOf(`killed-${type}`)).map(({ attemptId }) => attemptId);
    expect(new Set(attempts).size).toBe(2);
    expect(await system.runs.attempt('killed', type.toLowerCase(), 1)).toMatchObject({
      runtime_state: { status: 'PLATFORM_FAILED' },
    });
  }
}, 90_000);

test('a task that is delivered twice has one key, and its first process has ended before the second begins', async () => {
  // Killed within its first two seconds, the executor has not acknowledged the task: it is delivered again.
  const steps = PROCESS_TYPES.map((type) => processStep(type, 'once', marksOf(`twice-${type}`)));
  await system.runs.pushSteps('twice', steps);
  await system.runs.start('twice');
  await Promise.all(PROCESS_TYPES.map((type) => begun(`twice-${type}`)));
  const first = PROCESS_TYPES.map((type) => marksIn(marksOf(`twice-${type}`)));
  system.kill('executor');
  await waitUntil(() => !first.flat().some(isAlive), { describe: 'the first processes have ended' });
  expect((await system.runs.ended('twice', 1, 60_000)).status).toBe('SUCCEEDED');
  for (const type of PROCESS_TYPES) {
    const marks = marksIn(marksOf(`twice-${type}`));
    expect(marks).toHaveLength(2);
    expect(new Set(marks.map(({ attemptId }) => attemptId)).size).toBe(1);
  }
}, 90_000);

test('outputs that are wrong are a failure of the user, which the failure mode decides on', async () => {
  const undeclared = `echo '{"params": {"nope": 1}}' > "$MAESTRO_OUTPUT"`;
  await system.runs.pushSteps('wrong-outputs', [
    shell('undeclared', undeclared, { failure_mode: 'IGNORE_FAILURE' }),
    shell('nonsense', 'echo nonsense > "$MAESTRO_OUTPUT"', { failure_mode: 'IGNORE_FAILURE' }),
  ]);
  expect((await system.runs.finish('wrong-outputs')).status).toBe('SUCCEEDED');
  const { timeline } = await system.runs.step('wrong-outputs', 'undeclared');
  expect(JSON.stringify(timeline)).toContain('nope');
  expect(await system.runs.statuses('wrong-outputs')).toEqual({
    undeclared: 'COMPLETED_WITH_ERROR',
    nonsense: 'COMPLETED_WITH_ERROR',
  });
});

test('exit codes decide on retries, and what a failed step returned is kept', async () => {
  const again = {
    retry_policy: {
      error_retry_limit: 3,
      platform_retry_limit: 1,
      backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: 0, platform_retry_backoff_in_secs: 0 },
    },
    failure_mode: 'IGNORE_FAILURE',
  };
  const codes = { exit_codes: { type: 'STRING_MAP', value: { '9': 'fatal', '7': 'success' } } };
  const keep = `echo '{"params": {"rows": 3}, "artifacts": {"maestro_retry": {"type": "RETRY", "retryable": false}}}' > "$MAESTRO_OUTPUT"; exit 1`;
  await system.runs.pushSteps('codes', [
    shell('platform', 'exit 75', again),
    shell('fatal', 'exit 9', { ...again, params: codes }),
    shell('fine', 'exit 7', { ...again, params: codes }),
    shell('kept', keep, again),
  ]);
  expect((await system.runs.finish('codes')).status).toBe('SUCCEEDED');
  const attempts = async (id: string): Promise<number> => (await system.runs.step('codes', id)).step_attempt_id;
  expect([await attempts('platform'), await attempts('fatal'), await attempts('fine'), await attempts('kept')]).toEqual(
    [2, 1, 1, 1],
  );
  expect((await system.runs.step('codes', 'kept')).artifacts).toMatchObject({
    maestro_failed_output: { params: { rows: { value: 3 } } },
  });
});

test('Python runs a file of a repository with requirements of its own', async () => {
  const repository = join(folder, 'repository');
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
  mkdirSync(join(repository, 'package'), { recursive: true });
  writeFileSync(join(repository, 'job.py'), 'import maestro, sys\nprint(maestro.params["who"], sys.prefix)\n');
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '-m', 'one');
  const params = {
    git_repo: text(`file://${repository}`),
    file: text('job.py'),
    who: text('repository'),
    requirements: { type: 'STRING_ARRAY', value: ['--no-index'] },
  };
  await system.runs.pushSteps('repository', [step('job', 'Python', { params })]);
  expect((await system.runs.finish('repository')).status).toBe('SUCCEEDED');
  expect(await system.runs.log('repository', 'job')).toContain(`repository ${join(folder, 'cache', 'python')}`);
});

test('nothing is left of all these runs', () => expectNothingLeft(system));
