import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { outputOf } from './error-text.js';
import { withFileLock } from './file-lock.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { canReach, type ServerUser } from './server-user.js';

/** PostgresHome is where one Postgres server lives. */
export interface PostgresHome {
  /** The folder that holds all of it. */
  readonly folder: string;
  /** PGDATA. */
  readonly data: string;
  readonly password: string;
}

/** SUPERUSER is the login that owns everything in a server of ours. */
export const SUPERUSER = 'maestro';

/** Where data goes when we are root and the wished folder lies in a home that `nobody` cannot enter. */
const SYSTEM_FOLDER = '/var/lib/maestro';

/**
 * postgresFolder is the folder that a server can really use: the wished one, or, when the server's user cannot enter it,
 * one under /var/lib/maestro named by a hash of the wish (the same wish gives the same folder again).
 */
export function postgresFolder(wished: string, user: ServerUser | undefined): string {
  const folder = resolve(wished);
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const usable = user === undefined || canReach(join(folder, 'data')) ? folder : join(SYSTEM_FOLDER, hash);
  mkdirSync(usable, { recursive: true, mode: 0o755 });
  return usable;
}

/** preparePostgresHome creates the database cluster of a folder, once; a started but unfinished creation is redone. */
export async function preparePostgresHome(
  folder: string,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
): Promise<PostgresHome> {
  return withFileLock(join(folder, 'create.lock'), async () => {
    const data = join(folder, 'data');
    if (!existsSync(join(data, 'PG_VERSION'))) await createCluster(folder, binaries, user);
    return { folder, data, password: readFileSync(join(folder, 'password'), 'utf8') };
  });
}

async function createCluster(folder: string, binaries: PostgresBinaries, user: ServerUser | undefined): Promise<void> {
  const unfinished = join(folder, 'data.unfinished');
  const passwordFile = join(folder, 'password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (user !== undefined) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid);
  const settings = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'];
  const args = [`--pgdata=${unfinished}`, `--username=${SUPERUSER}`, ...settings];
  await promisify(execFile)(binaries.initdb, args, { cwd: folder, ...user }).catch((error: unknown) => {
    throw new Error(`Postgres could not create its data folder ${folder}: ${outputOf(error)}`, { cause: error });
  });
  chmodSync(unfinished, 0o700);
  renameSync(unfinished, join(folder, 'data'));
}
