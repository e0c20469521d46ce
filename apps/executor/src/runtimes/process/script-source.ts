import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOut, fileIn } from './git/git-checkout.js';
import { GIT_PARAMS, readGitSource } from './git/git-source.js';
import type { ProcessAttempt } from './process-runtime.js';
import { textParam } from './process-params.js';
import { StepFailure } from './step-failure.js';
import type { ProcessSettings } from './workspace.js';

/** ScriptSource is the file to run and where it runs unless told otherwise. */
export interface ScriptSource {
  readonly file: string;
  readonly workingDir: string;
  /** The folder of the repository, if there is one. */
  readonly repository: string | undefined;
}

/** SCRIPT_PARAMS are the params that say what to run and how, of Shell and Python. */
export const SCRIPT_PARAMS: readonly string[] = [
  'script',
  'file',
  ...GIT_PARAMS,
  'interpreter',
  'args',
  'env',
  'working_dir',
  'exit_codes',
  'memory_mb',
];

/** scriptSource puts the user's code in place: the text `script`, or `file` of a repository. Throws a StepFailure. */
export async function scriptSource(
  settings: ProcessSettings,
  attempt: ProcessAttempt,
  name: string,
): Promise<ScriptSource> {
  const { params, workspace } = attempt;
  const git = readGitSource(params, settings.git.allowFile);
  const path = textParam(params, 'file');
  const script = params['script'];
  if ((typeof script === 'string') === (path !== undefined)) {
    const message =
      'Give one of the params "script" (a STRING: the text of the script to run) and "file" (with "git_repo").';
    throw new StepFailure('FATAL_ERROR', message);
  }
  if (path !== undefined && git === undefined)
    throw new StepFailure('FATAL_ERROR', 'The param "file" needs "git_repo".');
  const repository = git === undefined ? undefined : await checkOut(settings, git, attempt);
  const workingDir = repository ?? workspace.folder;
  if (path !== undefined && repository !== undefined)
    return { file: await fileIn(repository, path), workingDir, repository };
  const file = join(workspace.folder, name);
  await writeFile(file, script as string, { mode: 0o700 });
  return { file, workingDir, repository };
}
