import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import type { JsonObject } from '@maestro/domain';
import { readOutputDocument } from '../output-document.js';
import { paramsOf } from '../params.js';
import type { Runtime, RuntimeContext, RuntimeResult } from '../runtime.js';
import { runGuarded, type ScriptEnd } from './guarded-script.js';
import { LastOutput } from './last-output.js';
import { processEnvironment } from './process-environment.js';

export interface ShellOptions {
  /** Every attempt gets a folder in it, which is removed afterwards. */
  readonly scratchDir: string;
  /** How long a stopped script may take to end by itself, in milliseconds. */
  readonly graceMs: number;
}

/** What a script may return at most, in bytes; a result has its own limit beside. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** shell runs the `script` of a step as a process of this machine. */
export function shell(options: ShellOptions): Runtime {
  return { type: 'Shell', takesSlot: true, start: (task, context) => runInScratch(options, task, context) };
}

async function runInScratch(options: ShellOptions, task: Task, context: RuntimeContext): Promise<RuntimeResult> {
  const params = paramsOf(task);
  const script = params['script'];
  if (typeof script !== 'string') return fatal('The param "script" must be a STRING: the text of the script to run.');
  const workingDir = textParam(params, 'working_dir');
  if (workingDir !== undefined && !(await isFolder(workingDir))) {
    return fatal(`The param "working_dir" is "${workingDir}", which is no folder on the executor's machine.`);
  }
  const scratch = join(options.scratchDir, `${context.attemptId}-${task.dispatch}`);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    await writeFile(join(scratch, 'script'), script, { mode: 0o700 });
    return await run(options, task, params, context, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function run(
  options: ShellOptions,
  task: Task,
  params: JsonObject,
  context: RuntimeContext,
  scratch: string,
): Promise<RuntimeResult> {
  const { variables, omitted } = processEnvironment(task, params, context, scratch);
  for (const name of omitted) context.log('system', `param ${name} is too long for the environment; it was left out\n`);
  const errors = new LastOutput();
  const end = await runGuarded({
    interpreter: textParam(params, 'interpreter') ?? 'sh',
    scriptFile: join(scratch, 'script'),
    workingDir: textParam(params, 'working_dir') ?? scratch,
    variables,
    signal: context.signal,
    graceMs: options.graceMs,
    output: (stream, data) => {
      context.log(stream, data);
      if (stream === 'stderr') errors.add(data);
    },
  });
  return end.code === 0 ? succeeded(scratch) : failed(end, context, errors.lines());
}

async function succeeded(scratch: string): Promise<RuntimeResult> {
  const file = join(scratch, 'output.json');
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return { outcome: 'DONE' };
  if (size > MAX_OUTPUT_BYTES) return outputError(`it has ${size} bytes; ${MAX_OUTPUT_BYTES} is the limit`);
  try {
    return { outcome: 'DONE', ...readOutputDocument(await readFile(file)) };
  } catch (error) {
    return outputError(error instanceof Error ? error.message : String(error));
  }
}

function failed({ code, signal, error }: ScriptEnd, context: RuntimeContext, lastLines: string): RuntimeResult {
  if (context.signal.aborted) return { outcome: 'STOPPED' };
  if (error !== undefined) return fatal(`The script could not be started: ${error.message}`);
  const how = code === null ? `was killed by ${signal ?? 'a signal'}` : `ended with exit code ${code}`;
  const why = lastLines === '' ? '' : `:\n${lastLines}`;
  return { outcome: 'USER_ERROR', message: `The script ${how}${why}` };
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function textParam(params: JsonObject, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function outputError(reason: string): RuntimeResult {
  return {
    outcome: 'USER_ERROR',
    message: `The script's $MAESTRO_OUTPUT is not a document {params, artifacts}: ${reason}`,
  };
}

function fatal(message: string): RuntimeResult {
  return { outcome: 'FATAL_ERROR', message };
}
