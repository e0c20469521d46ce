import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { userVariables } from '../process/process-environment.js';
import { processRuntime, type PreparedProcess, type ProcessAttempt } from '../process/process-runtime.js';
import { textParam, textsParam } from '../process/process-params.js';
import { fileIn } from '../process/git/git-checkout.js';
import { SCRIPT_PARAMS, scriptSource, type ScriptSource } from '../process/script-source.js';
import { StepFailure } from '../process/step-failure.js';
import { workingDirOf } from '../process/working-dir.js';
import type { ProcessSettings } from '../process/workspace.js';
import type { Runtime } from '../runtime.js';
import { EnvironmentCache, type Environment } from './environment-cache.js';
import { HELPER_MODULE } from './helper-module.js';
import { interpreterName, probeInterpreter } from './interpreter.js';

const OWN_PARAMS: ReadonlySet<string> = new Set([
  ...SCRIPT_PARAMS,
  'python_version',
  'requirements',
  'requirements_file',
]);

/** python runs a Python script as a process of this machine, in a virtual environment when it has requirements. */
export function python(settings: ProcessSettings): Runtime {
  const environments = new EnvironmentCache(settings);
  return processRuntime(settings, {
    type: 'Python',
    ownParams: OWN_PARAMS,
    prepare: (attempt) => prepare(settings, environments, attempt),
  });
}

async function prepare(
  settings: ProcessSettings,
  environments: EnvironmentCache,
  attempt: ProcessAttempt,
): Promise<PreparedProcess> {
  const { params, workspace } = attempt;
  const name = interpreterName(params);
  const source = await scriptSource(settings, attempt, 'script.py');
  const workingDir = await workingDirOf(params, source.workingDir);
  const modules = join(workspace.folder, 'modules');
  await mkdir(modules);
  await writeFile(join(modules, 'maestro.py'), HELPER_MODULE);
  const requirements = await requirementsOf(attempt, source);
  const environment =
    requirements === ''
      ? undefined
      : await environments.get(await probeInterpreter(name, attempt), requirements, attempt);
  return {
    argv: [environment?.python ?? name, source.file, ...textsParam(params, 'args')],
    workingDir,
    variables: variablesOf(settings, attempt, modules, environment),
    name: 'script',
    ...(environment === undefined ? {} : { release: environment.release }),
  };
}

/** The lines of `requirements` and of `requirements_file`, as one requirements file. */
async function requirementsOf({ params }: ProcessAttempt, { repository }: ScriptSource): Promise<string> {
  const listed = textsParam(params, 'requirements');
  const file = textParam(params, 'requirements_file');
  if (file === undefined) return listed.join('\n').trim();
  if (repository === undefined) throw new StepFailure('FATAL_ERROR', 'The param "requirements_file" needs "git_repo".');
  return [await readFile(await fileIn(repository, file), 'utf8'), ...listed].join('\n').trim();
}

function variablesOf(
  settings: ProcessSettings,
  { params }: ProcessAttempt,
  modules: string,
  environment: Environment | undefined,
): Readonly<Record<string, string>> {
  const own = userVariables(params['env']);
  const path = own['PATH'] ?? settings.path;
  return {
    // Logs are live, and no bytecode is written into copies of repositories.
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONPATH: [modules, own['PYTHONPATH']].filter((entry) => entry !== undefined).join(':'),
    ...(environment === undefined
      ? {}
      : { VIRTUAL_ENV: environment.folder, PATH: `${join(environment.folder, 'bin')}:${path}` }),
  };
}
