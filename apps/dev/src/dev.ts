import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { alreadyRunning, readyBanner } from './banner.js';
import { choosePorts } from './choose-ports.js';
import type { DevConfig } from './config.js';
import { repositoryRoot } from './repository.js';
import { runningIn } from './run-file.js';
import { RunningMaestro } from './running-maestro.js';
import type { Environment } from './service-environment.js';
import { startEverything } from './start-everything.js';

/** DevInput is what `main.ts` reads from the outside. */
export interface DevInput {
  readonly config: DevConfig;
  readonly env: Environment;
  readonly print: (text: string) => void;
  /** Resolves with the name of the signal when a person or the system asks to stop. */
  readonly stopRequested: Promise<string>;
}

/**
 * runDev starts Maestro on this machine, and stops it when asked. Returns the exit code: 0 after a stop in good order or
 * when it already runs; throws what kept it from starting, after stopping whatever had started.
 */
export async function runDev({ config, env, print, stopRequested }: DevInput): Promise<number> {
  const root = repositoryRoot();
  const dataDir = resolve(root, config.dataDir);
  const other = runningIn(dataDir);
  if (other !== undefined) {
    print(alreadyRunning(other));
    return 0;
  }
  makeDataDir(dataDir);
  const ports = await choosePorts(config);
  const maestro = new RunningMaestro({ config, dataDir, ports, root, env, report: print });
  const started = startEverything(maestro).then(() =>
    print(readyBanner({ rest: maestro.restUrl, ...maestro.input, logsDir: maestro.logsDir })),
  );
  try {
    const signal = await Promise.race([started.then(() => stopRequested), stopRequested]);
    print(`${signal}: stopping everything`);
  } finally {
    await maestro.stop();
  }
  print('Stopped.');
  return 0;
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw new Error(
      `The data folder ${dataDir} cannot be made (${String(error)}). Give another: npm start -- --data-dir <folder>`,
      { cause: error },
    );
  }
}
