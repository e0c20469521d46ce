import { createHash } from 'node:crypto';
import { mkdir, readdir, readlink, realpath, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KeyedLock } from '../process/keyed-lock.js';
import type { ProcessAttempt } from '../process/process-runtime.js';
import { StepFailure } from '../process/step-failure.js';
import type { Tool } from '../process/tool-process.js';
import { Uses } from '../process/uses.js';
import type { ProcessSettings } from '../process/workspace.js';
import type { Interpreter } from './interpreter.js';
import { staleEnvironments, type KnownEnvironment } from './stale-environments.js';

/** Environment is a virtual environment with the requirements of a step. */
export interface Environment {
  readonly folder: string;
  readonly python: string;
  /** To be called when nothing uses it any more. */
  readonly release: () => void;
}

type Setting = Pick<ProcessSettings, 'cacheDir' | 'python'>;

/**
 * EnvironmentCache keeps virtual environments by what is in them: the requirements and the interpreter. One is built once,
 * in a folder that never moves (its scripts hold the path), and gets its name, a symbolic link, when it is whole.
 */
export class EnvironmentCache {
  private readonly builds = new KeyedLock();
  private readonly uses = new Uses();
  private readonly folder: string;

  constructor(private readonly settings: Setting) {
    this.folder = join(settings.cacheDir, 'python');
  }

  /** get is the environment with these lines of a requirements file. Throws a StepFailure when it cannot be built. */
  async get(interpreter: Interpreter, requirements: string, attempt: ProcessAttempt): Promise<Environment> {
    const link = join(this.folder, this.keyOf(interpreter, requirements));
    const release = this.uses.begin(basename(link));
    try {
      await this.builds.run(link, attempt.context.signal, () => this.build(link, interpreter, requirements, attempt));
      const folder = await realpath(link);
      await utimes(folder, new Date(), new Date());
      return { folder, python: join(folder, 'bin', 'python'), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  private keyOf({ executable, version }: Interpreter, requirements: string): string {
    const content = JSON.stringify([executable, version, requirements, this.settings.python.pipConfig]);
    return createHash('sha256').update(content).digest('hex');
  }

  private async build(link: string, interpreter: Interpreter, requirements: string, attempt: ProcessAttempt) {
    if (await exists(link)) return;
    const { context } = attempt;
    context.log('system', `python: building an environment with ${interpreter.executable} ${interpreter.version}\n`);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const building = `${link}.${context.attemptId}.${process.pid}`;
    try {
      await this.install(building, interpreter, requirements, attempt);
      await symlink(basename(building), `${building}.link`);
      await rename(`${building}.link`, link);
    } catch (error) {
      await Promise.all([building, `${building}.link`].map((path) => rm(path, { recursive: true, force: true })));
      throw error;
    }
    await this.removeStale();
  }

  private async install(
    folder: string,
    { executable, pipForOthers }: Interpreter,
    requirements: string,
    { tools, workspace }: ProcessAttempt,
  ): Promise<void> {
    const workingDir = workspace.folder;
    const venv = [executable, '-I', '-m', 'venv', ...(pipForOthers ? ['--without-pip'] : []), folder];
    const made = await tools({ argv: venv, workingDir, logged: false });
    if (!made.ok) {
      const help = 'An executor needs the modules venv and pip (Debian: python3-venv, python3-pip).';
      throw new StepFailure('PLATFORM_ERROR', `No virtual environment could be made. ${help}\n${made.lastLines}`);
    }
    const file = join(workingDir, 'maestro-requirements.txt');
    await writeFile(file, `${requirements}\n`);
    const python = join(folder, 'bin', 'python');
    const pip = pipForOthers ? [executable, '-I', '-m', 'pip', '--python', python] : [python, '-I', '-m', 'pip'];
    const installed = await tools(this.pip([...pip, 'install', '--progress-bar', 'off', '-r', file], workingDir));
    if (!installed.ok) {
      throw new StepFailure('USER_ERROR', `The requirements could not be installed:\n${installed.lastLines}`);
    }
  }

  private pip(argv: readonly string[], workingDir: string): Tool {
    const { pipConfig } = this.settings.python;
    const variables = {
      PIP_NO_INPUT: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_CACHE_DIR: join(this.settings.cacheDir, 'pip'),
      ...(pipConfig === undefined ? {} : { PIP_CONFIG_FILE: pipConfig }),
    };
    return { argv, workingDir, variables, logged: true };
  }

  /** The name goes before the folder, so that nobody begins to use what is being removed. */
  private async removeStale(): Promise<void> {
    const known = (await Promise.all((await readdir(this.folder)).map((name) => this.known(name)))).flat();
    for (const { link, target } of staleEnvironments(known, this.settings.python.environments, Date.now())) {
      if (link !== undefined && this.uses.isUsed(link)) continue;
      if (link !== undefined) await rm(join(this.folder, link), { force: true });
      await rm(join(this.folder, target), { recursive: true, force: true });
    }
  }

  private async known(name: string): Promise<readonly KnownEnvironment[]> {
    const found = await stat(join(this.folder, name)).catch(() => undefined);
    if (found === undefined) return [];
    const target = await readlink(join(this.folder, name)).catch(() => undefined);
    return [{ link: target === undefined ? undefined : name, target: target ?? name, usedAt: found.mtimeMs }];
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
