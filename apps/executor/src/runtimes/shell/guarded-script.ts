import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { GUARD_SCRIPT } from './guard-script.js';

export interface ScriptLaunch {
  readonly interpreter: string;
  readonly scriptFile: string;
  readonly workingDir: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** How long a stopped script may take to end by itself. */
  readonly graceMs: number;
  readonly output: (stream: 'stdout' | 'stderr', data: Uint8Array) => void;
}

/** ScriptEnd is how a script ended: an exit code, or a signal, or (neither) it could not be started. */
export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

/**
 * runGuarded runs a script in a process group of its own and resolves when nothing of the group runs any more. On abort
 * the group gets SIGTERM, after the grace SIGKILL; when the executor dies, the guard kills it (see GUARD_SCRIPT).
 */
export function runGuarded(launch: ScriptLaunch): Promise<ScriptEnd> {
  const child = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'guard', launch.interpreter, launch.scriptFile], {
    cwd: launch.workingDir,
    env: { ...launch.variables },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  forward(child.stdout, (data) => launch.output('stdout', data));
  forward(child.stderr, (data) => launch.output('stderr', data));
  // Reset by the watcher's death; nobody reads what it says.
  child.stdio[3]?.on('error', () => undefined);
  return new Promise((resolve) => {
    const stopWatching = stopOnAbort(child, launch);
    const end = (ended: ScriptEnd): void => {
      stopWatching();
      resolve(ended);
    };
    child.once('error', (error) => end({ code: null, signal: null, error }));
    // What the script left behind in its group ends with it, and with that its output pipes.
    child.once('exit', () => signalGroup(child, 'SIGKILL'));
    child.once('close', (code, signal) => end({ code, signal }));
  });
}

function forward(stream: Readable | null, take: (data: Uint8Array) => void): void {
  stream?.on('data', (data: Buffer) => take(data));
  stream?.on('error', () => undefined);
}

function stopOnAbort(child: ChildProcess, { signal, graceMs }: ScriptLaunch): () => void {
  let force: NodeJS.Timeout | undefined;
  const stop = (): void => {
    signalGroup(child, 'SIGTERM');
    force = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return () => {
    clearTimeout(force);
    signal.removeEventListener('abort', stop);
  };
}

/** The watcher of the guard keeps the group's id from being given to others, so this cannot hit a stranger. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone.
  }
}
