import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@maestro/launcher';

/** RunFile is `<data-dir>/run.json`: where a running Maestro is found. The CLI looks for the gateway there. */
export interface RunFile {
  /** Process id of `npm start`. */
  readonly pid: number;
  readonly status: 'starting' | 'ready' | 'stopping';
  /** Base of the REST API: `http://127.0.0.1:8080`. */
  readonly rest: string;
  readonly dataDir: string;
  readonly postgresUrl?: string;
  readonly natsUrl?: string;
  readonly services: Readonly<Record<string, RunningService>>;
}

/** RunningService is one process of a running Maestro. */
export interface RunningService {
  readonly pid: number;
  /** host:port of its gRPC server; the gateway has none. */
  readonly grpc?: string;
  /** Base of /metrics and /ready. */
  readonly metrics?: string;
  readonly log: string;
}

/** runningIn is the Maestro that runs on a data folder now, if any: its file, and a process that still lives. */
export function runningIn(dataDir: string): RunFile | undefined {
  const file = pathIn(dataDir);
  if (!existsSync(file)) return undefined;
  const run = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  return isAlive(run.pid) && isNode(run.pid) ? run : undefined;
}

/** writeRunFile replaces the file in one step: no reader sees half of it. It holds a password, so others cannot read it. */
export function writeRunFile(run: RunFile): void {
  mkdirSync(run.dataDir, { recursive: true });
  const file = pathIn(run.dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** removeRunFile says that nothing runs on the folder any more. */
export function removeRunFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'run.json');
}

/** After a reboot the id may be another program's. */
function isNode(pid: number): boolean {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8').includes('node') : !existsSync('/proc/self');
}
