import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort, isPortFree } from './free-port.js';
import { startGuarded, type ExitReason, type Sharing } from './guarded-process.js';
import { lastLines } from './last-lines.js';
import { pollUntil } from './poll-until.js';
import { resolvePostgresBinaries } from './postgres-binaries.js';
import { postgresFolder, preparePostgresHome, SUPERUSER, type PostgresHome } from './postgres-home.js';
import { isAlive } from './process-state.js';
import { serverUser } from './server-user.js';

/** PostgresServerOptions say where and how to run a Postgres server. */
export interface PostgresServerOptions {
  /** Folder of the cluster; see postgresFolder for the one case in which another is used. */
  readonly dataDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** False turns fsync off, for tests that never pull the plug; true is the only choice for data that matters. */
  readonly durable: boolean;
  /** Share the server with other processes; see Sharing. */
  readonly shared?: Sharing;
  /** Further `postgres -c` settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** PostgresServer is a running Postgres of ours. */
export interface PostgresServer {
  /** Login of the superuser to database `maestro`, which exists. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The folder really used. */
  readonly folder: string;
  readonly logFile: string;
  readonly exited: Promise<ExitReason>;
  /** Fast shutdown: open transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const DATABASE = 'maestro';

const COMMON_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // Without this every idle-to-busy change of the compiler costs more than our small statements ever gain from it.
  jit: 'off',
};

const VOLATILE_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' };

/**
 * startPostgresServer creates the cluster when there is none, starts the server and waits until it answers. It ends with
 * the process that started it. As root it runs as `nobody`.
 */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  const user = serverUser();
  const folder = postgresFolder(options.dataDir, user);
  const binaries = await resolvePostgresBinaries(folder, user);
  const home = await preparePostgresHome(folder, binaries, user);
  await stopLeftover(home);
  const port = await choosePort(options.port);
  const logFile = join(folder, 'postgres.log');
  const running = startGuarded({
    command: binaries.postgres,
    args: ['-D', home.data, '-p', String(port), ...settingArguments(options)],
    logFile,
    stopSignal: 'SIGINT',
    cwd: folder,
    ...(options.shared === undefined ? {} : { shared: options.shared }),
    ...(user === undefined ? {} : { user }),
  });
  await waitUntilReady(home, running.pid, running.exited, logFile);
  await createDatabase(urlOf(home, port, 'postgres'));
  return {
    url: urlOf(home, port, DATABASE),
    port,
    pid: running.pid,
    folder,
    logFile,
    exited: running.exited,
    stop: () => running.stop(),
  };
}

function settingArguments(options: PostgresServerOptions): string[] {
  const settings = { ...COMMON_SETTINGS, ...(options.durable ? {} : VOLATILE_SETTINGS), ...options.settings };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function choosePort(wished = 0): Promise<number> {
  if (wished === 0) return freePort();
  if (await isPortFree(wished)) return wished;
  throw new Error(`port ${wished} is in use, so Postgres cannot listen on it`);
}

/** A server left by a starter that died just now is still shutting down, or was left behind: it must be gone first. */
async function stopLeftover(home: PostgresHome): Promise<void> {
  const file = join(home.data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  // Of a dead server the file must stay: Postgres finds by it whether processes of that server still use the data.
  if (!(pid > 0) || !isAlive(pid)) return;
  if (!isPostgres(pid)) {
    rmSync(file, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  await pollUntil(
    () => (isAlive(pid) ? undefined : true),
    START_TIMEOUT_MS,
    () => `another Postgres (process ${pid}) uses ${home.data} and does not stop; end it first`,
  );
}

/** After a reboot the id may be another program's. Where /proc is missing we must believe the file. */
function isPostgres(pid: number): boolean {
  const file = `/proc/${pid}/comm`;
  return existsSync(file) ? readFileSync(file, 'utf8').startsWith('postgres') : !existsSync('/proc/self');
}

/** Postgres writes `ready` into the eighth line of postmaster.pid once it takes connections. */
async function waitUntilReady(
  home: PostgresHome,
  pid: number,
  exited: Promise<ExitReason>,
  logFile: string,
): Promise<void> {
  let ended = false;
  void exited.then(() => (ended = true));
  const why = (): string => `Postgres did not start; the end of ${logFile}:\n${lastLines(logFile, 8)}`;
  await pollUntil(
    () => {
      if (ended) throw new Error(why());
      return isReady(join(home.data, 'postmaster.pid'), pid) ? true : undefined;
    },
    START_TIMEOUT_MS,
    why,
  );
}

function isReady(file: string, pid: number): boolean {
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (known.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function urlOf(home: PostgresHome, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${home.password}@127.0.0.1:${port}/${database}`;
}
