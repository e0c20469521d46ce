import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, startPostgresServer, withFileLock } from '@maestro/launcher';

/** SharedPostgres is the one volatile Postgres that all workers of a jest run use, each with databases of its own. */
export interface SharedPostgres {
  /** Superuser login to database `maestro`. */
  readonly url: string;
  readonly pid: number;
  /** Lock for what only one worker may do at a time. */
  readonly lockFile: string;
}

let started: Promise<SharedPostgres> | undefined;

/**
 * sharedPostgres is the server of this jest run, started by whoever asks first. It ends by itself about a second after
 * the last worker that asked for it has ended, however it ended.
 */
export function sharedPostgres(): Promise<SharedPostgres> {
  started ??= joinServer();
  return started;
}

async function joinServer(): Promise<SharedPostgres> {
  // The workers of one run have one parent; two runs side by side do not share.
  const folder = join(tmpdir(), `maestro-test-postgres-${process.ppid}`);
  const usersFolder = join(folder, 'users');
  return withFileLock(`${folder}.lock`, async () => {
    mkdirSync(usersFolder, { recursive: true });
    chmodSync(folder, 0o755);
    writeFileSync(join(usersFolder, String(process.pid)), '');
    return runningIn(folder) ?? (await startIn(folder, usersFolder));
  });
}

function runningIn(folder: string): SharedPostgres | undefined {
  const file = join(folder, 'server.json');
  if (!existsSync(file)) return undefined;
  const server = JSON.parse(readFileSync(file, 'utf8')) as SharedPostgres;
  return isAlive(server.pid) ? server : undefined;
}

async function startIn(folder: string, usersFolder: string): Promise<SharedPostgres> {
  const dataDir = join(folder, 'server');
  const { url, pid } = await startPostgresServer({ dataDir, durable: false, shared: { usersFolder, folder } });
  const server: SharedPostgres = { url, pid, lockFile: join(folder, 'template.lock') };
  writeFileSync(join(folder, 'server.json'), JSON.stringify(server), { mode: 0o600 });
  return server;
}
