import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import { GitRepository } from '../../testing/git-repository.js';
import { testProcessSettings } from '../../testing/process-settings.js';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { RuntimeResult } from '../runtime.js';
import { notebook } from './notebook.js';

/** Says how it was called and where; the parameters may tell it what to do. */
const FAKE_PAPERMILL = `#!/bin/sh
for argument in "$@"; do printf '<%s>' "$argument"; done; pwd; ls
case "$*" in *'"mode":"fail"'*) echo "cell 3 failed" >&2; exit 1;; *'"mode":"hang"'*) echo hangs; sleep 300;; esac
echo "$MAESTRO_OUTPUT_START"'{"params": {"rows": 7}}'"$MAESTRO_OUTPUT_END" >&2
`;

let folder: string;
let context: RecordingContext;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-notebook-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'papermill'), FAKE_PAPERMILL);
  chmodSync(join(folder, 'bin', 'papermill'), 0o755);
});
beforeEach(() => {
  context = new RecordingContext();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(given: JsonObject, params: JsonObject = {}): Promise<RuntimeResult> {
  const path = [join(folder, 'bin'), process.env['PATH']].join(delimiter);
  const task = taskWith('Notebook', {
    notebook: { input_path: 'in.ipynb', output_path: 'out.ipynb', ...given },
    ...params,
  });
  return notebook(testProcessSettings(folder, { path })).start(task, context);
}

it('papermill gets its arguments, and what cells print between the tokens are outputs', async () => {
  const result = await run({}, { table: "x'y" });
  expect(result.outcome).toBe('DONE');
  expect(context.text('stdout')).toContain(
    `<-y><{"table":"x'y","attempt_number":0}><--log-output><--start_timeout><600><--><in.ipynb><out.ipynb>`,
  );
  expect(outputsOf(result)).toEqual({ rows: { type: 'LONG', value: 7n } });
  expect(artifactsOf(result)).toEqual({ maestro_notebook: { type: 'NOTEBOOK', output_path: 'out.ipynb' } });
});

it('it runs in the repository, after the init command', async () => {
  const repository = new GitRepository(join(folder, 'repository'));
  repository.commit({ 'in.ipynb': '{}' });
  const git = { git_repo: repository.url, git_branch: 'main' };
  const result = await run({ ...git, init_command: 'touch prepared && echo ready &&' });
  expect(result.outcome).toBe('DONE');
  expect(context.text('system')).toContain('ready');
  expect(context.text('stdout')).toContain('/repository\nin.ipynb\nprepared\n');
});

it('parameters too long for an argument come in a file', async () => {
  await run({}, { long: 'x'.repeat(200_000) });
  expect(context.text('stdout')).toMatch(/^<-f><.*\/notebook-parameters.yaml><--log-output>/);
});

it('a cell that fails is a user error, and the notebook is still named', async () => {
  const result = await run({}, { mode: 'fail' });
  expect(result).toMatchObject({ outcome: 'USER_ERROR', message: expect.stringContaining('cell 3 failed') as string });
  expect(artifactsOf(result)).toEqual({ maestro_notebook: { type: 'NOTEBOOK', output_path: 'out.ipynb' } });
});

it('an init command that fails is a user error, and papermill is not called', async () => {
  const result = await run({ init_command: 'echo "no such package" >&2; exit 4' });
  expect(result).toMatchObject({
    outcome: 'USER_ERROR',
    message: expect.stringContaining('no such package') as string,
  });
  expect(context.text('stdout')).toBe('');
});

it('it stops', async () => {
  const running = run({}, { mode: 'hang' });
  await waitUntil(() => context.text('stdout').includes('hangs'));
  context.abort();
  await expect(running).resolves.toEqual({ outcome: 'STOPPED' });
});

it('params that are wrong are fatal', async () => {
  const task = taskWith('Notebook', { notebook: { output_path: 'x' } });
  const result = await notebook(testProcessSettings(folder)).start(task, context);
  expect(result).toMatchObject({ outcome: 'FATAL_ERROR', message: expect.stringContaining('input_path') as string });
});
