import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { GUARD_SCRIPT } from './guard-script.js';
import { isYounger, killMarked, lastProcessId } from './marked-processes.js';

/** ProcessLaunch is a command and all that surrounds it. */
export interface ProcessLaunch {
  /** Program and arguments, as they are: no shell reads them. */
  readonly argv: readonly string[];
  readonly workingDir: string;
  /** The whole environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** The name of a variable whose value no other process has: it finds what leaves the process group. */
  readonly mark: string;
  readonly signal: AbortSignal;
  /** How long a stopped process may take to end by itself. */
  readonly graceMs: number;
  /** What each process may use of private memory, in MiB. */
  readonly memoryMb?: bigint | undefined;
  readonly output: (stream: 'stdout' | 'stderr', data: Uint8Array) => void;
}

/** ProcessEnd is how a process ended: an exit code, or a signal, or (neither) it could not be started. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

/** What holds the outputs open this long after the last process was killed is none of ours. */
const OUTPUTS_MS = 1_000;
/** Process ids are not given out a second time as fast as this. */
const NO_REUSE_MS = 2_000;

/**
 * runGuarded runs a command in a process group of its own and resolves when nothing of it runs any more, in its group or
 * outside. On abort the group gets SIGTERM, after the grace SIGKILL; when the executor dies, the guard kills it (see
 * GUARD_SCRIPT).
 */
export async function runGuarded(launch: ProcessLaunch): Promise<ProcessEnd> {
  const startedAt = performance.now();
  const mark = `${launch.mark}=${launch.variables[launch.mark] ?? ''}`;
  const memoryKb = launch.memoryMb === undefined ? '' : String(launch.memoryMb * 1024n);
  const child = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'guard', memoryKb, mark, ...launch.argv], {
    cwd: launch.workingDir,
    env: { ...launch.variables },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  forward(child.stdout, (data) => launch.output('stdout', data));
  forward(child.stderr, (data) => launch.output('stderr', data));
  // Reset by the watcher's death; nobody reads what it says.
  child.stdio[3]?.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stopWatching = stopOnAbort(child, launch);
  const ended = await exitOf(child);
  stopWatching();
  if (ended.error !== undefined) return ended;
  await killStrays(child.pid ?? 0, mark, performance.now() - startedAt);
  await closedSoon(child, closed);
  return ended;
}

function exitOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => {
      // What the script left behind in its group ends with it, and with that its output pipes.
      signalGroup(child, 'SIGKILL');
      resolve({ code, signal });
    });
  });
}

/** A step of milliseconds is not to pay for a look at every process of the machine (some 50 us each): its own are younger. */
async function killStrays(guard: number, mark: string, elapsedMs: number): Promise<void> {
  const last = elapsedMs < NO_REUSE_MS ? await lastProcessId() : undefined;
  await killMarked(mark, last === undefined ? undefined : (id) => isYounger(id, guard, last));
}

async function closedSoon(child: ChildProcess, closed: Promise<void>): Promise<void> {
  const giveUp = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.stdio[3]?.destroy();
  }, OUTPUTS_MS);
  await closed;
  clearTimeout(giveUp);
}

function forward(stream: Readable | null, take: (data: Uint8Array) => void): void {
  stream?.on('data', (data: Buffer) => take(data));
  stream?.on('error', () => undefined);
}

function stopOnAbort(child: ChildProcess, { signal, graceMs }: ProcessLaunch): () => void {
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
