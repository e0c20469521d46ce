import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import { GitRepository } from '../../../testing/git-repository.js';
import { testProcessSettings } from '../../../testing/process-settings.js';
import { RecordingContext, taskWith } from '../../../testing/runtime-context.js';
import type { RuntimeResult } from '../../runtime.js';
import { shell } from '../../shell/shell.js';

let folder: string;
let repository: GitRepository;
let context: RecordingContext;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-git-'));
  repository = new GitRepository(join(folder, 'repository'));
  context = new RecordingContext();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(params: JsonObject): Promise<RuntimeResult> {
  context = new RecordingContext();
  const task = taskWith('Shell', { git_repo: repository.url, file: 'jobs/run.sh', ...params });
  return shell(testProcessSettings(folder)).start(task, context);
}

const job = (says: string): Record<string, string> => ({
  'jobs/run.sh': `echo ${says}; cat data.txt`,
  'data.txt': 'd',
});

it('a file of the newest commit runs in the repository', async () => {
  const commit = repository.commit(job('one'));
  expect(await run({})).toEqual({ outcome: 'DONE' });
  expect(context.text('stdout')).toBe('one\nd');
  expect(context.text('system')).toBe(`git: commit ${commit}\n`);
  repository.commit(job('two'));
  await run({});
  expect(context.text('stdout')).toBe('two\nd');
});

it('branches, tags and commits are found, and what is known needs no repository', async () => {
  const first = repository.commit(job('first'));
  repository.git('tag', 'v1');
  repository.git('checkout', '--quiet', '-b', 'side/branch');
  repository.commit(job('side'));
  repository.git('checkout', '--quiet', 'main');
  repository.commit(job('main'));
  for (const [params, says] of [
    [{}, 'main'],
    [{ git_branch: 'side/branch' }, 'side'],
    [{ git_branch: 'v1' }, 'first'],
    [{ git_commit: first.slice(0, 10) }, 'first'],
  ] as const) {
    await run(params);
    expect(context.text('stdout')).toBe(`${says}\nd`);
  }
  renameSync(repository.folder, `${repository.folder}-away`);
  expect(await run({ git_commit: first })).toEqual({ outcome: 'DONE' });
  expect(await run({})).toMatchObject({ outcome: 'PLATFORM_ERROR' });
});

it('a commit that no branch leads to is asked for by its id', async () => {
  repository.commit(job('first'));
  const gone = repository.commit(job('gone'));
  repository.git('reset', '--quiet', '--hard', 'HEAD~1');
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  expect(await run({ git_commit: gone })).toEqual({ outcome: 'DONE' });
  expect(context.text('stdout')).toBe('gone\nd');
});

it('a branch that was written anew is followed, one that was removed is gone', async () => {
  repository.commit(job('first'));
  repository.git('branch', 'short-lived');
  await run({ git_branch: 'short-lived' });
  repository.git('branch', '--quiet', '-D', 'short-lived');
  repository.commit(job('second'));
  repository.git('reset', '--quiet', '--hard', 'HEAD~1');
  repository.commit(job('anew'));
  expect((await run({ git_branch: 'short-lived' })).outcome).toBe('USER_ERROR');
  await run({});
  expect(context.text('stdout')).toBe('anew\nd');
});

it('submodules come along when they are asked for', async () => {
  const part = new GitRepository(join(folder, 'part'));
  part.commit({ 'part.txt': 'part' });
  repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', part.url, 'part');
  repository.commit({ 'jobs/run.sh': 'cat part/part.txt' });
  expect((await run({})).outcome).toBe('USER_ERROR');
  expect(await run({ git_submodules: true })).toEqual({ outcome: 'DONE' });
  expect(context.text('stdout')).toBe('part');
});

it('attempts at the same time share a copy', async () => {
  repository.commit(job('shared'));
  const runtime = shell(testProcessSettings(folder));
  const params = { git_repo: repository.url, file: 'jobs/run.sh' };
  const contexts = Array.from({ length: 4 }, () => new RecordingContext());
  const results = await Promise.all(
    contexts.map((own, index) => runtime.start({ ...taskWith('Shell', params), dispatch: index }, own)),
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE', 'DONE', 'DONE']);
});

it.each<[JsonObject, string, string]>([
  [{ git_branch: 'nope' }, 'USER_ERROR', 'branch or tag nope'],
  [{ git_commit: 'abcdef1' }, 'USER_ERROR', 'commit abcdef1'],
  [{ file: 'nope.sh' }, 'USER_ERROR', '"nope.sh"'],
  [{ file: '../../../../etc/passwd' }, 'USER_ERROR', 'no file'],
  [{ file: 'jobs' }, 'USER_ERROR', 'no file'],
  [{ git_repo: 'file:///no/such/repository' }, 'PLATFORM_ERROR', 'could not be read'],
  [{ git_repo: 'http://example.com/a' }, 'FATAL_ERROR', '"git_repo"'],
  [{ script: 'true' }, 'FATAL_ERROR', 'one of'],
])('%j ends as %s', async (params, outcome, said) => {
  repository.commit(job('x'));
  const result = await run(params);
  expect(result).toMatchObject({ outcome, message: expect.stringContaining(said) as string });
});
