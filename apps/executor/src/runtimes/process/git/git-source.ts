import type { JsonObject } from '@maestro/domain';
import { textParam } from '../process-params.js';
import { StepFailure } from '../step-failure.js';

/** GitSource names a state of a repository. */
export interface GitSource {
  readonly repo: string;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly submodules: boolean;
}

/** GIT_PARAMS are the params that name a repository. */
export const GIT_PARAMS = ['git_repo', 'git_branch', 'git_commit', 'git_submodules'] as const;

/** `user@host:path`, as ssh and git write it; a slash before the colon would make it a path. */
const SCP = /^[\w.-]+@[\w.-]+:(?!\/\/)[^\s]+$/;
const URL_SCHEME = /^([a-z][a-z0-9+.-]*):\/\/[^\s-][^\s]*$/i;
/** git-check-ref-format(1), and no leading dash: a name is never taken for an option. */
const BRANCH = /^(?![-/.])(?!.*(?:\.\.|@\{|\/\/|\.lock(?:\/|$)))[^\s~^:?*[\\\x00-\x1f\x7f]+(?<![/.])$/;
const COMMIT = /^[0-9a-f]{7,64}$/i;

/** readGitSource reads the params of a step; undefined when it names no repository. Throws a StepFailure that says which is wrong. */
export function readGitSource(params: JsonObject, allowFile: boolean): GitSource | undefined {
  const [repo, branch, commit] = [
    textParam(params, 'git_repo'),
    textParam(params, 'git_branch'),
    textParam(params, 'git_commit'),
  ];
  if (repo === undefined) {
    if (branch !== undefined || commit !== undefined) throw wrong('"git_branch" and "git_commit" need "git_repo"');
    return undefined;
  }
  checkRepo(repo, allowFile);
  if (branch !== undefined && !BRANCH.test(branch))
    throw wrong(`"git_branch" is no name of a branch or tag: ${branch}`);
  if (commit !== undefined && !COMMIT.test(commit))
    throw wrong(`"git_commit" is no commit (7 to 64 hex digits): ${commit}`);
  return { repo, branch, commit, submodules: params['git_submodules'] === true };
}

/** protocolsOf are the transports that git may use, also in submodules and redirects (git(1), GIT_ALLOW_PROTOCOL). */
export function allowedProtocols(allowFile: boolean): string {
  return allowFile ? 'https:ssh:file' : 'https:ssh';
}

function checkRepo(repo: string, allowFile: boolean): void {
  if (SCP.test(repo)) return;
  const scheme = URL_SCHEME.exec(repo)?.[1]?.toLowerCase();
  if (scheme !== undefined && allowedProtocols(allowFile).split(':').includes(scheme)) return;
  const known = allowFile ? 'https://, ssh:// and file://' : 'https:// and ssh://';
  throw wrong(`"git_repo" must be a URL with ${known}, or user@host:path, on this executor`);
}

function wrong(what: string): StepFailure {
  return new StepFailure('FATAL_ERROR', `The params of the repository are wrong: ${what}.`);
}
