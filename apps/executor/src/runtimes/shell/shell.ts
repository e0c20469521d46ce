import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processRuntime, type PreparedProcess, type ProcessAttempt } from '../process/process-runtime.js';
import { textParam, textsParam } from '../process/process-params.js';
import { StepFailure } from '../process/step-failure.js';
import type { ProcessSettings } from '../process/workspace.js';
import type { Runtime } from '../runtime.js';

const OWN_PARAMS: ReadonlySet<string> = new Set([
  'script',
  'interpreter',
  'args',
  'env',
  'working_dir',
  'exit_codes',
  'memory_mb',
]);

/** shell runs the `script` of a step as a process of this machine. */
export function shell(settings: ProcessSettings): Runtime {
  return processRuntime(settings, { type: 'Shell', ownParams: OWN_PARAMS, prepare });
}

async function prepare({ params, workspace }: ProcessAttempt): Promise<PreparedProcess> {
  const script = params['script'];
  if (typeof script !== 'string') {
    throw new StepFailure('FATAL_ERROR', 'The param "script" must be a STRING: the text of the script to run.');
  }
  const workingDir = textParam(params, 'working_dir');
  if (workingDir !== undefined && !(await isFolder(workingDir))) {
    const message = `The param "working_dir" is "${workingDir}", which is no folder on the executor's machine.`;
    throw new StepFailure('FATAL_ERROR', message);
  }
  const file = join(workspace.folder, 'script');
  await writeFile(file, script, { mode: 0o700 });
  return {
    argv: [textParam(params, 'interpreter') ?? 'sh', file, ...textsParam(params, 'args')],
    workingDir: workingDir ?? workspace.folder,
    name: 'script',
  };
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
