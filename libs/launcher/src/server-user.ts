import { statSync } from 'node:fs';
import { dirname, parse } from 'node:path';

/** ServerUser is whom a server process runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Postgres refuses to run as root. Every system has the user `nobody`, so none needs to be created. */
const NOBODY: ServerUser = { uid: 65_534, gid: 65_534 };

/** serverUser is `nobody` when we are root, else undefined: the servers then run as ourselves. */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? NOBODY : undefined;
}

/** canReach says whether a user who owns nothing of it could enter every folder above a path (a 0700 home bars him). */
export function canReach(path: string): boolean {
  const root = parse(path).root;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats !== undefined && (stats.mode & 0o001) === 0 && stats.uid !== NOBODY.uid) return false;
    if (folder === root) return true;
  }
}
