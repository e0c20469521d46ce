import { textOf } from '../params.js';
import { StepFailure } from '../process/step-failure.js';
import type { NotebookCommand } from './notebook-command.js';

/** Into that folder of the container's working folder the repository goes, as in the original (specification, part 2 §5.5). */
const CHECKOUT = 'maestro_notebook_git_repo';

/**
 * containerCommand is what a container runs: `sh -c` with a fixed script, and every value of the user as an argument of it, so
 * that none is ever read as shell. Only `init_command` is shell, because that is what it is: it runs as a script of its own.
 */
export function containerCommand(notebook: NotebookCommand): readonly string[] {
  const { init, git } = notebook;
  return ['sh', '-c', SCRIPT, 'maestro-notebook', init ?? '', ...gitArguments(git), ...notebook.argv()];
}

/** $1 init, $2 repository, $3 branch, $4 commit, $5 submodules; the rest is the call of papermill. */
const SCRIPT = [
  'set -e',
  'init=$1 repo=$2 branch=$3 commit=$4 submodules=$5; shift 5',
  'if [ -n "$repo" ]; then',
  `  if [ -n "$branch" ]; then git clone --branch "$branch" -- "$repo" ${CHECKOUT}; else git clone -- "$repo" ${CHECKOUT}; fi`,
  `  cd ${CHECKOUT}`,
  '  if [ -n "$commit" ]; then git checkout --detach "$commit"; fi',
  '  if [ "$submodules" = true ]; then git submodule update --init --recursive; fi',
  'fi',
  'if [ -n "$init" ]; then sh -c "$init"; fi',
  'exec "$@"',
].join('\n');

function gitArguments(git: NotebookCommand['git']): readonly string[] {
  const text = (name: string): string => {
    const value = git?.[name];
    return value === undefined || value === null ? '' : textOf(value);
  };
  const commit = text('git_commit');
  if (commit.startsWith('-')) throw new StepFailure('FATAL_ERROR', '"notebook.git_commit" is no commit.');
  return [text('git_repo'), text('git_branch'), commit, text('git_submodules')];
}
