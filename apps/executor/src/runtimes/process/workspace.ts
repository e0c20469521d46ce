import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { exactJsonText } from '@maestro/wire';
import { outputTokensOf, tokenVariables, type TokenPair } from '../output-tokens.js';
import type { RuntimeContext } from '../runtime.js';
import { identityVariables, paramVariables, userVariables } from './process-environment.js';

/** ProcessSettings are what all runtimes that start processes need to know. */
export interface ProcessSettings {
  /** Every attempt gets a folder in it, which is removed afterwards. */
  readonly scratchDir: string;
  /** How long a stopped process may take to end by itself, in milliseconds. */
  readonly graceMs: number;
  /** Where programs are looked for. */
  readonly path: string;
  /** What is worth keeping between attempts: copies of repositories, Python environments. */
  readonly cacheDir: string;
  readonly git: GitSettings;
  readonly python: PythonSettings;
}

/** GitSettings say how repositories are read. */
export interface GitSettings {
  /** Home folder with credentials. */
  readonly home: string | undefined;
  /** Whether repositories of this machine may be named (`file:///..`). */
  readonly allowFile: boolean;
}

/** PythonSettings say how requirements are installed. */
export interface PythonSettings {
  /** Configuration file of pip. */
  readonly pipConfig: string | undefined;
  /** How many environments are kept. */
  readonly environments: number;
}

/** OUTPUT_FILE_VARIABLE names the file of the outputs; no two processes of other attempts have the same, so it marks them. */
export const OUTPUT_FILE_VARIABLE = 'MAESTRO_OUTPUT';

/** Workspace is the folder of one attempt and the environment of its processes. */
export interface Workspace {
  readonly folder: string;
  readonly outputFile: string;
  readonly tokens: TokenPair;
  /** The whole environment of the user's code: nothing of the executor's own gets in. */
  readonly variables: Readonly<Record<string, string>>;
  /** That of the programs that prepare the step: nothing of the user gets in either. */
  readonly plainVariables: Readonly<Record<string, string>>;
}

/** WorkspaceRequest says for whom, and which of its params are data for the user's code. */
export interface WorkspaceRequest {
  readonly settings: ProcessSettings;
  readonly task: Task;
  readonly context: RuntimeContext;
  readonly params: JsonObject;
  /** Params that shape the process itself and are not handed over. */
  readonly ownParams: ReadonlySet<string>;
}

/**
 * withWorkspace opens the folder of an attempt, with its params as a JSON file, and removes it when `use` is done. Params
 * are handed over as data, never as text of a script: in the file $MAESTRO_PARAMS and, where they fit, as variables.
 */
export async function withWorkspace<T>(
  request: WorkspaceRequest,
  use: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const { settings, task, context, params, ownParams } = request;
  const folder = join(settings.scratchDir, `${context.attemptId}-${task.dispatch}`);
  const entries = Object.entries(params).filter(([name, value]) => value !== undefined && !ownParams.has(name));
  const handed: JsonObject = Object.fromEntries(entries);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const paramsFile = join(folder, 'params.json');
    await writeFile(paramsFile, exactJsonText(handed), { mode: 0o600 });
    return await use(workspaceOf(request, folder, paramsFile, handed));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function workspaceOf(request: WorkspaceRequest, folder: string, paramsFile: string, handed: JsonObject): Workspace {
  const { settings, task, context, params } = request;
  const tokens = outputTokensOf(context.attemptId);
  const outputFile = join(folder, 'output.json');
  const { variables, omitted } = paramVariables(handed);
  for (const name of omitted) {
    context.log('system', `param ${name} is too long for the environment: it is only in the file $MAESTRO_PARAMS\n`);
  }
  const base = { PATH: settings.path, LANG: 'C.UTF-8', HOME: folder, TMPDIR: folder };
  return {
    folder,
    outputFile,
    tokens,
    plainVariables: { ...base, [OUTPUT_FILE_VARIABLE]: outputFile },
    variables: {
      ...base,
      ...userVariables(params['env']),
      ...variables,
      ...identityVariables(task, context),
      MAESTRO_PARAMS: paramsFile,
      ...tokenVariables(tokens),
      [OUTPUT_FILE_VARIABLE]: outputFile,
    },
  };
}
