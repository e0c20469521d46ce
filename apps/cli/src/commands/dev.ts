import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Cli } from '../cli.js';

/** From the bundle in dist as from the sources. */
const START_SCRIPT = join(__dirname, '..', '..', 'dev', 'bin', 'start.cjs');

/** devCommand is the line in the help; run-cli.ts hands `dev` over before commander sees the flags, which are not ours. */
export function devCommand(_cli: Cli): Command {
  return new Command('dev').description('start Maestro on this machine, as "npm start" does; takes the same flags');
}

/** runDev is `npm start`: Ctrl-C reaches it too, as it is in our process group; we end as it ends. */
export function runDev(argv: readonly string[], script = START_SCRIPT): Promise<number> {
  const child = spawn(process.execPath, [script, ...argv], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
      resolve(code ?? 1);
    });
  });
}
