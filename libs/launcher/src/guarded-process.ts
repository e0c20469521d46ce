import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';

/** GuardedProcess is a server process that cannot outlive the process that started it. */
export interface GuardedProcess {
  readonly pid: number;
  /** Resolves when it has ended, however that came. */
  readonly exited: Promise<ExitReason>;
  /** Sends `stopSignal`, then SIGKILL when it takes longer than `graceMs`; resolves when the process is gone. */
  stop(graceMs?: number): Promise<void>;
}

/** ExitReason is how a process ended: with an exit code, by a signal, or (neither) because it could not start. */
export interface ExitReason {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}

/** Sharing lets a process live until the last of its users has ended, whoever started it. */
export interface Sharing {
  /** Every user puts a file named by its process id here. */
  readonly usersFolder: string;
  /** Removed when the process has ended. */
  readonly folder: string;
}

/** Launch says what to start. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** File that stdout and stderr are appended to. */
  readonly logFile: string;
  /** What asks this program to end in good order. */
  readonly stopSignal: NodeJS.Signals;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Share the process between several starters instead of tying it to this one. */
  readonly shared?: Sharing;
  /** Run as this user and group; needs root. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

const DEFAULT_GRACE_MS = 10_000;

/**
 * The guard reads a pipe that the starter holds open. When the starter dies, even by kill -9, the pipe ends and the guard
 * stops the process: nothing polls, nothing is orphaned.
 */
const GUARD_SCRIPT = `
  read _
  kill -"$1" "$2" 2>/dev/null
  waited=0
  while kill -0 "$2" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
    [ "$waited" -lt "$3" ] || kill -KILL "$2" 2>/dev/null
  done`;

/** The same for a shared process, whose users are looked up each second: it ends when none of them lives. */
const SHARED_GUARD_SCRIPT = `
  users="$4"
  any_user() { for user in "$users"/*; do kill -0 "\${user##*/}" 2>/dev/null && return 0; done; return 1; }
  while any_user; do sleep 1; done
  kill -"$1" "$2" 2>/dev/null
  while kill -0 "$2" 2>/dev/null; do sleep 0.1; done
  rm -rf -- "$5"`;

/**
 * startGuarded starts a process in a group of its own (so that Ctrl-C reaches the starter alone, which then stops
 * everything in order) and a guard beside it that stops it should the starter die.
 */
export function startGuarded(launch: Launch): GuardedProcess {
  const log = openSync(launch.logFile, 'a');
  const child = spawn(launch.command, launch.args, {
    stdio: ['ignore', log, log],
    detached: true,
    ...(launch.env === undefined ? {} : { env: launch.env }),
    ...(launch.cwd === undefined ? {} : { cwd: launch.cwd }),
    ...launch.user,
  });
  closeSync(log);
  child.unref();
  const exited = exitOf(child);
  if (child.pid !== undefined) startGuard(child.pid, launch, exited);
  return {
    pid: child.pid ?? 0,
    exited,
    stop: (graceMs = DEFAULT_GRACE_MS) => stopChild(child, launch.stopSignal, graceMs, exited),
  };
}

function exitOf(child: ChildProcess): Promise<ExitReason> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function startGuard(pid: number, { stopSignal, shared }: Launch, exited: Promise<ExitReason>): void {
  const script = shared === undefined ? GUARD_SCRIPT : SHARED_GUARD_SCRIPT;
  const args = ['-c', script, 'guard', stopSignal.replace('SIG', ''), String(pid), String(DEFAULT_GRACE_MS / 1_000)];
  if (shared !== undefined) args.push(shared.usersFolder, shared.folder);
  const guard = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' });
  guard.unref();
  guard.on('error', () => undefined);
  const pipe = guard.stdin;
  pipe.on('error', () => undefined);
  // A pipe is a socket inside Node; unless it is unreferenced it would keep the starter's event loop alive.
  if (pipe instanceof Socket) pipe.unref();
  if (shared === undefined) void exited.then(() => guard.kill('SIGKILL'));
}

async function stopChild(
  child: ChildProcess,
  signal: NodeJS.Signals,
  graceMs: number,
  exited: Promise<ExitReason>,
): Promise<void> {
  child.ref();
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await exited;
  clearTimeout(timer);
}
