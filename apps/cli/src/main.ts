import { userInfo } from 'node:os';
import { createColors } from 'picocolors';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTerminal } from './process-terminal.js';
import { runCli } from './run-cli.js';

/** A container may run under a number that has no name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

function hasColors(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  if (argv.includes('--no-color') || env['NO_COLOR']) return false;
  return process.stdout.isTTY || Boolean(env['FORCE_COLOR']);
}

// A reader that has seen enough (`maestro list | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const argv = process.argv.slice(2);
void runCli(argv, {
  terminal: processTerminal(),
  colors: createColors(hasColors(argv, process.env)),
  env: process.env,
  cwd: process.cwd(),
  osUser: osUser(),
  now: Date.now,
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
}).then((code) => {
  // Not process.exit: what was written to a pipe may not have left yet.
  process.exitCode = code;
});
