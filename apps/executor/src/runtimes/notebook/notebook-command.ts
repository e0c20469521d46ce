import type { Json, JsonObject } from '@maestro/domain';
import { exactJsonText } from '@maestro/wire';
import { isJsonObject } from '../params.js';
import { textParam, textsParam } from '../process/process-params.js';
import { StepFailure } from '../process/step-failure.js';

/** NotebookCommand is what a Notebook step does, wherever it runs: no part of it is pasted into the text of another. */
export interface NotebookCommand {
  /** The user's own shell text, to be run as a process of its own before papermill. */
  readonly init: string | undefined;
  /** `git_repo`, `git_branch`, `git_commit` and `git_submodules` as params (see `readGitSource`); papermill runs in the checkout. */
  readonly git: JsonObject | undefined;
  readonly inputPath: string;
  readonly outputPath: string;
  /** What the notebook gets, as JSON text. */
  readonly parameters: string;
  /** argv is the call of papermill, with the parameters as an argument or from a file. */
  argv(parametersFile?: string): readonly string[];
}

/** NotebookAttempt is what is handed to the notebook beside its params (specification §1.7). */
export interface NotebookAttempt {
  /** 1-based. */
  readonly attempt: number;
  /** Milliseconds; 0 = none. */
  readonly timeoutMillis: bigint;
}

/** Params of a step that are none of the notebook's (specification §1.7), and the maps that shape the step itself. */
const EXCLUDED: ReadonlySet<string> = new Set([
  'workflow_id',
  'step_attempt_id',
  'step_instance_uuid',
  'workflow_instance_id',
  'maestro_step_satisfied',
  'FIRST_TIME_TRIGGER_TIMEZONE',
  'INITIATOR_TIMEZONE',
  'notebook',
  'kubernetes',
  'docker',
]);

const START_TIMEOUT = '--start_timeout';
const DEFAULT_START_TIMEOUT_SECONDS = '600';

/** notebookCommand reads the params of a Notebook step. Throws a StepFailure that says which is wrong. */
export function notebookCommand(params: JsonObject, attempt: NotebookAttempt): NotebookCommand {
  const notebook = params['notebook'];
  if (!isJsonObject(notebook)) throw new StepFailure('FATAL_ERROR', 'The param "notebook" must be a MAP.');
  const [inputPath, outputPath] = [required(notebook, 'input_path'), required(notebook, 'output_path')];
  const parameters = exactJsonText(parametersOf(params, attempt));
  const more = textsParam(notebook, 'papermill_arguments');
  const startTimeout = more.some((argument) => argument.split('=')[0] === START_TIMEOUT)
    ? []
    : [START_TIMEOUT, DEFAULT_START_TIMEOUT_SECONDS];
  return {
    init: initOf(notebook),
    git: gitOf(notebook),
    inputPath,
    outputPath,
    parameters,
    argv: (file) => [
      'papermill',
      ...(file === undefined ? ['-y', parameters] : ['-f', file]),
      '--log-output',
      ...more,
      ...startTimeout,
      // Whatever the paths begin with, they are no options.
      '--',
      inputPath,
      outputPath,
    ],
  };
}

function required(notebook: JsonObject, name: string): string {
  const value = textParam(notebook, name);
  if (value === undefined)
    throw new StepFailure('FATAL_ERROR', `The param "notebook.${name}" must be a STRING with a path.`);
  return value;
}

/** In the original it was the beginning of a shell line: definitions end it with what joined it to the rest. */
function initOf(notebook: JsonObject): string | undefined {
  const text = textParam(notebook, 'init_command')?.replace(/(?:\s|&&|;)+$/, '');
  return text === '' ? undefined : text;
}

function gitOf(notebook: JsonObject): JsonObject | undefined {
  const entries = Object.entries(notebook).filter(([name]) => name.startsWith('git_'));
  return textParam(notebook, 'git_repo') === undefined ? undefined : Object.fromEntries(entries);
}

function parametersOf(params: JsonObject, { attempt, timeoutMillis }: NotebookAttempt): JsonObject {
  const handed = Object.entries(params).filter(([name, value]) => !EXCLUDED.has(name) && !isEmpty(value ?? null));
  return {
    ...Object.fromEntries(handed),
    attempt_number: BigInt(attempt - 1),
    ...(timeoutMillis === 0n ? {} : { StepTimeout: timeoutMillis }),
  };
}

function isEmpty(value: Json): boolean {
  return value === '' || value === null;
}
