import { mkdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isPortFree } from './free-port.js';
import { startGuarded, type ExitReason } from './guarded-process.js';
import { lastLines } from './last-lines.js';
import { pollUntil } from './poll-until.js';

/** NatsServerOptions say where and how to run a NATS server. */
export interface NatsServerOptions {
  /** Path of nats-server; see resolveNatsServer. */
  readonly binary: string;
  /** Folder of JetStream's store and the log. */
  readonly dataDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

/** NatsServer is a running nats-server of ours, with JetStream on. */
export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<ExitReason>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

/** startNatsServer starts the server on the loopback address and waits until it takes clients. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const folder = resolve(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const wished = options.port ?? 0;
  if (wished !== 0 && !(await isPortFree(wished)))
    throw new Error(`port ${wished} is in use, so NATS cannot listen on it`);
  const logFile = join(folder, 'nats.log');
  const running = startGuarded({
    command: options.binary,
    args: argumentsFor(folder, wished),
    logFile,
    stopSignal: 'SIGTERM',
    cwd: folder,
  });
  const port = await waitForPort(folder, running.pid, running.exited, logFile);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: running.pid,
    logFile,
    exited: running.exited,
    stop: () => running.stop(),
  };
}

function argumentsFor(folder: string, port: number): string[] {
  const listen = ['--addr', '127.0.0.1', '--port', port === 0 ? '-1' : String(port)];
  return [...listen, '--jetstream', '--store_dir', folder, '--ports_file_dir', folder];
}

/** The server writes its addresses into `nats-server_<pid>.ports` when it listens. */
async function waitForPort(folder: string, pid: number, exited: Promise<ExitReason>, logFile: string): Promise<number> {
  const file = join(folder, `nats-server_${pid}.ports`);
  let ended = false;
  void exited.then(() => {
    ended = true;
    rmSync(file, { force: true });
  });
  const why = (): string => `NATS did not start; the end of ${logFile}:\n${lastLines(logFile, 8)}`;
  return pollUntil(
    () => {
      if (ended) throw new Error(why());
      return readPort(file);
    },
    START_TIMEOUT_MS,
    why,
  );
}

function readPort(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const found = /"nats:\/\/[^"]*:(\d+)"/.exec(readFileSync(file, 'utf8'))?.[1];
  return found === undefined ? undefined : Number(found);
}
