import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot, waitUntil } from '@maestro/testing';
import { readRunFile, type RunFile } from './run-file.js';

/** NpmStart is one `npm start` as a process. */
export interface NpmStart {
  readonly pid: number;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
  /** All that it printed so far. */
  output(): string;
  /** Resolves when it says that everything is ready; fails with what it printed when it ends before. */
  ready(): Promise<RunFile>;
  kill(signal: NodeJS.Signals): void;
}

const START_TIMEOUT_MS = 90_000;

/** npmStart runs what `npm start` runs, on a data folder of its own. */
export function npmStart(dataDir: string, flags: readonly string[], env: Record<string, string> = {}): NpmStart {
  const script = join(repositoryRoot(), 'apps', 'dev', 'bin', 'start.cjs');
  const child = spawn(process.execPath, [script, '--data-dir', dataDir, ...flags], {
    // Named as npm would name it: then it stops by itself when we are gone.
    env: { ...process.env, npm_lifecycle_event: 'start', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  const isReady = (): RunFile | 'ended' | undefined => {
    if (child.exitCode !== null) return 'ended';
    const run = readRunFile(dataDir);
    return run?.status === 'ready' && run.pid === child.pid ? run : undefined;
  };
  return {
    pid: child.pid ?? 0,
    exited,
    output: () => text,
    ready: async () => {
      const run = await waitUntil(isReady, { timeoutMs: START_TIMEOUT_MS, describe: 'npm start is ready' });
      if (run === 'ended') throw new Error(text);
      return run;
    },
    kill: (signal) => void child.kill(signal),
  };
}
