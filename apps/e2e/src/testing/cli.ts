import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '@maestro/testing';

/** CliAnswer is how a call of the command line ended. */
export interface CliAnswer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

/** RunningCli is a call of the command line that goes on. */
export interface RunningCli {
  /** What it has written to stdout so far. */
  stdout(): string;
  readonly ended: Promise<CliAnswer>;
}

/** startCli begins a call of `npx maestro` in the root of the repository, with a gateway at `url`. */
export function startCli(url: string, args: readonly string[]): RunningCli {
  const root = repositoryRoot();
  const child = spawn(process.execPath, [join(root, 'apps', 'cli', 'bin', 'maestro.cjs'), ...args], {
    cwd: root,
    env: { ...process.env, MAESTRO_URL: url, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { stdout: () => output.stdout, ended };
}

/** maestroCli calls the command line and waits for its end. */
export function maestroCli(url: string): (...args: string[]) => Promise<CliAnswer> {
  return (...args) => startCli(url, args).ended;
}
