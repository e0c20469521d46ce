import type { JsonObject } from '@maestro/domain';
import { readGitSource } from './git-source.js';

const repo = 'https://example.com/a.git';

it('no repository is no source', () => {
  expect(readGitSource({}, false)).toBeUndefined();
});

it.each(['https://example.com/a.git', 'ssh://git@example.com:22/a', 'git@example.com:team/a.git'])(
  '%s is read',
  (url) => {
    expect(readGitSource({ git_repo: url }, false)).toMatchObject({ repo: url, submodules: false });
  },
);

it.each([
  'http://example.com/a',
  'file:///tmp/a',
  '/tmp/a',
  '../a',
  'git://example.com/a',
  'ext::sh -c id',
  '--upload-pack=id',
  'https://-oProxyCommand=id/a',
  '-x@example.com:a b',
])('%s is refused', (url) => {
  expect(() => readGitSource({ git_repo: url }, false)).toThrow('"git_repo" must be');
});

it('files only where the executor allows them', () => {
  expect(readGitSource({ git_repo: 'file:///tmp/a' }, true)?.repo).toBe('file:///tmp/a');
});

it.each<[JsonObject, string]>([
  [{ git_branch: 'main' }, 'need "git_repo"'],
  [{ git_repo: repo, git_branch: '--orphan' }, '"git_branch"'],
  [{ git_repo: repo, git_branch: 'a..b' }, '"git_branch"'],
  [{ git_repo: repo, git_branch: 'a b' }, '"git_branch"'],
  [{ git_repo: repo, git_commit: 'main' }, '"git_commit"'],
])('%j is refused with its place', (params, said) => {
  expect(() => readGitSource(params, false)).toThrow(said);
});

it.each(['main', 'feature/x-1', 'v1.0', 'päge'])('the branch %s is a name', (branch) => {
  expect(readGitSource({ git_repo: repo, git_branch: branch }, false)?.branch).toBe(branch);
});
