import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeExactJson, encodeExactJson } from '@maestro/wire';
import { isJsonObject } from '../params.js';
import { checkOut } from '../process/git/git-checkout.js';
import { readGitSource } from '../process/git/git-source.js';
import { processRuntime, type PreparedProcess, type ProcessAttempt } from '../process/process-runtime.js';
import { StepFailure } from '../process/step-failure.js';
import type { ProcessSettings } from '../process/workspace.js';
import type { Runtime, RuntimeResult } from '../runtime.js';
import { notebookCommand, type NotebookCommand } from './notebook-command.js';

/** Longer parameters go into a file: Linux refuses an argument over 128 KiB. */
const MAX_ARGUMENT_BYTES = 100_000;

/** notebook runs papermill as a process of this machine. */
export function notebook(settings: ProcessSettings): Runtime {
  return processRuntime(settings, {
    type: 'Notebook',
    ownParams: new Set(['notebook', 'kubernetes', 'docker', 'env', 'exit_codes', 'memory_mb']),
    prepare: (attempt) => prepare(settings, attempt),
  });
}

async function prepare(settings: ProcessSettings, attempt: ProcessAttempt): Promise<PreparedProcess> {
  const { params, task, workspace } = attempt;
  const command = notebookCommand(params, task);
  const source = readGitSource(command.git ?? {}, settings.git.allowFile);
  const workingDir = source === undefined ? workspace.folder : await checkOut(settings, source, attempt);
  await runInit(command, workingDir, attempt);
  const long = Buffer.byteLength(command.parameters) > MAX_ARGUMENT_BYTES;
  const file = join(workspace.folder, 'notebook-parameters.yaml');
  if (long) await writeFile(file, command.parameters, { mode: 0o600 });
  return {
    argv: command.argv(long ? file : undefined),
    workingDir,
    name: 'notebook',
    // papermill tells what cells print as its own log.
    tokensIn: ['stdout', 'stderr'],
    complete: (result) => withOutputPath(result, command.outputPath),
  };
}

async function runInit(
  { init }: NotebookCommand,
  workingDir: string,
  { tools, workspace }: ProcessAttempt,
): Promise<void> {
  if (init === undefined) return;
  const { variables } = workspace;
  const end = await tools({ argv: ['sh', '-c', init], workingDir, variables, logged: true });
  if (!end.ok) throw new StepFailure('USER_ERROR', `The init_command of the notebook failed:\n${end.lastLines}`);
}

/** The artifact of the original, also of a notebook that failed: what papermill wrote up to there is what one looks at. */
function withOutputPath(result: RuntimeResult, outputPath: string): RuntimeResult {
  if (result.outcome === 'STOPPED') return result;
  const artifacts = result.artifactsJson === undefined ? {} : decodeExactJson(result.artifactsJson);
  const notebook = { type: 'NOTEBOOK', output_path: outputPath };
  return {
    ...result,
    artifactsJson: encodeExactJson({ ...(isJsonObject(artifacts) ? artifacts : {}), maestro_notebook: notebook }),
  };
}
