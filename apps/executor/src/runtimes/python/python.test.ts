import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import { GitRepository } from '../../testing/git-repository.js';
import { testProcessSettings } from '../../testing/process-settings.js';
import { pythonMissing } from '../../testing/python-missing.js';
import { writeWheel } from '../../testing/python-package.js';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { Runtime, RuntimeResult } from '../runtime.js';
import { python } from './python.js';

const missing = pythonMissing();
/** Needs a Python that can make environments; where there is none, the name of what is skipped says so. */
const withPython = missing === undefined ? describe : describe.skip;

let folder: string;
let packages: string;
let runtime: Runtime;
let context: RecordingContext;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-python-'));
  packages = join(folder, 'packages');
  writeWheel(packages, 'greeting', '1.0', 'TEXT = "one"');
  writeWheel(packages, 'greeting', '2.0', 'TEXT = "two"');
  runtime = python(testProcessSettings(folder));
});
beforeEach(() => {
  context = new RecordingContext();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(script: string, params: JsonObject = {}): Promise<RuntimeResult> {
  return runtime.start(taskWith('Python', { script, ...params }), context);
}

const requirements = (...lines: string[]): JsonObject => ({
  requirements: ['--no-index', `--find-links ${packages}`, ...lines],
});

withPython(missing === undefined ? 'Python' : `Python (skipped: ${missing})`, () => {
  it('params come as values of Python, exact, and outputs go back by the module maestro', async () => {
    const script = `
import maestro
p = maestro.params
maestro.set_output("next", p["big"] - 1)
maestro.set_output("rate", 0.5)
maestro.set_output("ok", True)
maestro.set_output("names", [n.upper() for n in p["names"]])
maestro.set_output("none", [])
maestro.set_output("mixed", [1, 2.5])
maestro.set_output("deep", {"a": {"b": [1]}, "c": "x"})
maestro.artifact("model", {"url": "s3://m"})
maestro.signal("table.ready", params={"day": 20240101}, payload={"rows": [1, 2]})
print(maestro.attempt_id)
`;
    const result = await run(script, { big: 9_223_372_036_854_775_807n, names: ['a', 'b'] });
    expect(result.message).toBeUndefined();
    expect(outputsOf(result)).toEqual({
      next: { type: 'LONG', value: 9_223_372_036_854_775_806n },
      rate: { type: 'DOUBLE', value: '0.5' },
      ok: { type: 'BOOLEAN', value: true },
      names: { type: 'STRING_ARRAY', value: ['A', 'B'] },
      none: { type: 'STRING_ARRAY', value: [] },
      mixed: { type: 'DOUBLE_ARRAY', value: ['1', '2.5'] },
      deep: {
        type: 'MAP',
        value: {
          a: { type: 'MAP', value: { b: { type: 'LONG_ARRAY', value: [1n] } } },
          c: { type: 'STRING', value: 'x' },
        },
      },
    });
    expect(artifactsOf(result)).toEqual({
      model: { url: 's3://m' },
      maestro_dynamic_output: {
        type: 'DYNAMIC_OUTPUT',
        signal_outputs: [{ name: 'table.ready', params: { day: 20_240_101n }, payload: { rows: [1n, 2n] } }],
      },
    });
    expect(context.text('stdout')).toBe('77-0-1\n');
  });

  it('an exception is a user error with its text, and what was said before it is kept', async () => {
    const result = await run('import maestro\nmaestro.do_not_retry()\nraise ValueError("no such table")');
    expect(result.outcome).toBe('USER_ERROR');
    expect(result.message).toContain('ValueError: no such table');
    expect(artifactsOf(result)).toEqual({ maestro_retry: { type: 'RETRY', retryable: false } });
  });

  it('an output that is no param is an error where it is set', async () => {
    const result = await run('import maestro\nmaestro.set_output("x", object())');
    expect(result.message).toContain('output x: object is no type of a param');
  });

  it('prints are in the log at once', async () => {
    const running = run('print("first")\nimport time\ntime.sleep(300)');
    await waitUntil(() => context.text('stdout') === 'first\n');
    context.abort();
    await expect(running).resolves.toEqual({ outcome: 'STOPPED' });
  });

  it('requirements are installed once and found again by what they are', async () => {
    const script = 'import greeting, sys; print(greeting.TEXT, sys.prefix)';
    expect(await run(script, requirements('greeting==1.0'))).toEqual({ outcome: 'DONE' });
    const [first, prefix] = context.text('stdout').trim().split(' ');
    expect(first).toBe('one');
    expect(context.text('system')).toContain('Successfully installed greeting-1.0');
    context = new RecordingContext();
    await run(script, requirements('greeting==1.0'));
    expect([context.text('stdout').trim(), context.text('system')]).toEqual([`one ${prefix}`, '']);
    context = new RecordingContext();
    await run(script, requirements('greeting==2.0'));
    expect(context.text('stdout')).toMatch(/^two /);
  }, 60_000);

  it('attempts that need the same environment at the same time build it once', async () => {
    const contexts = Array.from({ length: 3 }, () => new RecordingContext());
    const task = taskWith('Python', { script: 'import greeting', ...requirements('greeting') });
    const results = await Promise.all(
      contexts.map((own, index) => runtime.start({ ...task, dispatch: 10 + index }, own)),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(contexts.filter((own) => own.text('system').includes('building'))).toHaveLength(1);
  }, 60_000);

  it('requirements that cannot be installed are a user error with the last lines of pip, and leave nothing', async () => {
    const before = readdirSync(join(folder, 'cache', 'python'));
    const result = await run('pass', requirements('no-such-package==9'));
    expect(result.outcome).toBe('USER_ERROR');
    expect(result.message).toContain('No matching distribution found for no-such-package==9');
    expect(readdirSync(join(folder, 'cache', 'python'))).toEqual(before);
  }, 60_000);

  it('a file of a repository runs with its own modules and requirements', async () => {
    const repository = new GitRepository(join(folder, 'repository'));
    repository.commit({
      'src/job.py': 'import part, greeting, maestro; print(part.NAME, greeting.TEXT, maestro.params["n"])',
      'src/part.py': 'NAME = "part"',
      'requirements.txt': `--no-index\n--find-links ${packages}\ngreeting==2.0\n`,
    });
    const params = { git_repo: repository.url, file: 'src/job.py', requirements_file: 'requirements.txt', n: 7n };
    const result = await runtime.start(taskWith('Python', params), context);
    expect(result).toEqual({ outcome: 'DONE' });
    expect(context.text('stdout')).toBe('part two 7\n');
  }, 60_000);

  it.each<[JsonObject, string]>([
    [{ python_version: '3; id' }, '"python_version"'],
    [{ python_version: '3.99', requirements: ['x'] }, 'no working Python "python3.99"'],
    [{ python_version: '3', interpreter: 'python3' }, 'one of'],
    [{ requirements: 'x' }, 'STRING_ARRAY'],
    [{ requirements_file: 'x' }, 'needs "git_repo"'],
  ])('%j is fatal and named', async (params, said) => {
    expect(await run('pass', params)).toMatchObject({
      outcome: 'FATAL_ERROR',
      message: expect.stringContaining(said) as string,
    });
  });
});
