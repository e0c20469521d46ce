import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { errorCode } from './error-text.js';
import { isAlive } from './process-state.js';
import { pollUntil } from './poll-until.js';

/** A download on a slow line takes a while; nothing that holds a lock takes longer. */
const LOCK_TIMEOUT_MS = 180_000;

/**
 * withFileLock runs `work` while no other process on this machine runs one with the same lock file. The file holds the
 * id of its owner: a lock left by a process that died is taken over.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await pollUntil(
    () => (tryLock(file) ? true : undefined),
    LOCK_TIMEOUT_MS,
    () => `${file} has been locked for ${LOCK_TIMEOUT_MS / 1_000} s by process ${ownerOf(file) ?? '?'}`,
  );
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, String(process.pid));
    closeSync(handle);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) rmSync(file, { force: true });
    return false;
  }
}

function ownerOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
