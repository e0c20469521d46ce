import { createHash } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { KeyedLock } from '../keyed-lock.js';
import type { ProcessAttempt } from '../process-runtime.js';
import { StepFailure } from '../step-failure.js';
import type { ToolEnd } from '../tool-process.js';
import type { ProcessSettings } from '../workspace.js';
import { allowedProtocols, type GitSource } from './git-source.js';
import { removeOldCopies } from './old-copies.js';

/** One attempt at a time changes the copy of a repository. */
const copies = new KeyedLock();

/** Branches and tags: a mirror would also get every pull request. */
const REFS = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];

type Git = (workingDir: string, ...args: string[]) => Promise<ToolEnd>;
type Setting = Pick<ProcessSettings, 'cacheDir' | 'git'>;
type Attempt = Pick<ProcessAttempt, 'workspace' | 'context' | 'tools'>;

/**
 * checkOut puts a state of a repository into the workspace of an attempt and answers the folder. What was read of a
 * repository is kept on this machine: a commit that is known needs no network. Throws a StepFailure: a repository that
 * cannot be read is the platform's failure, a branch or commit that is not in it the user's.
 */
export async function checkOut(settings: Setting, source: GitSource, attempt: Attempt): Promise<string> {
  const { workspace, context } = attempt;
  const git = gitIn(settings, attempt);
  const copy = join(settings.cacheDir, 'git', `${createHash('sha256').update(source.repo).digest('hex')}.git`);
  const folder = join(workspace.folder, 'repository');
  return copies.run(copy, context.signal, async () => {
    const commit = await commitIn(git, copy, source, context.attemptId);
    context.log('system', `git: commit ${commit}\n`);
    await must(
      git(workspace.folder, 'clone', '--shared', '--no-checkout', '--template=', '--quiet', '--', copy, folder),
    );
    await must(git(folder, 'remote', 'set-url', 'origin', source.repo));
    await must(git(folder, 'checkout', '--quiet', '--detach', commit));
    if (source.submodules) await must(git(folder, 'submodule', '--quiet', 'update', '--init', '--recursive'));
    return folder;
  });
}

/** fileIn is the path of a file of a repository. Throws a StepFailure when there is none, or it lies outside. */
export async function fileIn(folder: string, name: string): Promise<string> {
  const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, name)).catch(() => undefined)]);
  const isFile = file?.startsWith(root + sep) === true && (await stat(file)).isFile();
  if (!isFile) throw new StepFailure('USER_ERROR', `There is no file "${name}" in the repository at that commit.`);
  return file;
}

function gitIn(settings: Setting, { tools }: Attempt): Git {
  const variables = {
    ...(settings.git.home === undefined ? {} : { HOME: settings.git.home }),
    GIT_ALLOW_PROTOCOL: allowedProtocols(settings.git.allowFile),
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  };
  // Hooks and background work would outlive their command.
  const quiet = [
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'gc.auto=0',
    '-c',
    'maintenance.auto=false',
    '-c',
    'advice.detachedHead=false',
  ];
  return (workingDir, ...args) => tools({ argv: ['git', ...quiet, ...args], workingDir, variables, logged: false });
}

async function commitIn(git: Git, copy: string, source: GitSource, attemptId: string): Promise<string> {
  if (!(await exists(copy))) await cloneTo(git, copy, source.repo, attemptId);
  else if (!(await isKnown(git, copy, source))) await must(git(copy, 'fetch', '--quiet', '--prune', 'origin', ...REFS));
  const { commit } = source;
  // One that no branch leads to any more; servers answer for whole ids only, and not all of them.
  if (commit !== undefined && !(await isKnown(git, copy, source)))
    await git(copy, 'fetch', '--quiet', 'origin', commit);
  await utimes(copy, new Date(), new Date());
  return resolve(git, copy, source);
}

/** A copy that is there is whole: it gets its name when it is done. */
async function cloneTo(git: Git, copy: string, repo: string, attemptId: string): Promise<void> {
  await mkdir(join(copy, '..'), { recursive: true, mode: 0o700 });
  const building = `${copy}.${attemptId}.${process.pid}`;
  await removeOldCopies(join(copy, '..'), Date.now());
  try {
    await must(git(join(copy, '..'), 'clone', '--bare', '--template=', '--quiet', '--', repo, building));
    await rename(building, copy).catch(async (error: unknown) => {
      // Another executor of this machine was faster.
      if (!(await exists(copy))) throw error;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function isKnown(git: Git, copy: string, { commit }: GitSource): Promise<boolean> {
  return commit !== undefined && (await git(copy, 'cat-file', '-e', `${commit}^{commit}`)).ok;
}

async function resolve(git: Git, copy: string, { repo, branch, commit }: GitSource): Promise<string> {
  const names = commit === undefined ? namesOf(branch) : [commit];
  for (const name of names) {
    const found = await git(copy, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
    if (found.ok) return found.stdout.trim();
  }
  const missing = commit === undefined ? `branch or tag ${branch ?? 'HEAD'}` : `commit ${commit}`;
  throw new StepFailure('USER_ERROR', `There is no ${missing} in ${withoutPassword(repo)}.`);
}

function namesOf(branch: string | undefined): readonly string[] {
  return branch === undefined ? ['HEAD'] : [`refs/heads/${branch}`, `refs/tags/${branch}`];
}

async function must(running: Promise<ToolEnd>): Promise<void> {
  const { ok, lastLines } = await running;
  if (!ok) throw new StepFailure('PLATFORM_ERROR', `The repository could not be read:\n${withoutPassword(lastLines)}`);
}

function withoutPassword(text: string): string {
  return text.replace(/:\/\/[^/@\s]+@/g, '://***@');
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
