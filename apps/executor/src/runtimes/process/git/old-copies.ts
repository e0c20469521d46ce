import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** No step runs that long: its working folder may read objects of the copy. */
const UNUSED_MS = 30 * 24 * 60 * 60_000;

/** removeOldCopies removes copies of repositories, also half made ones, that nobody has used for a month. */
export async function removeOldCopies(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const usedAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - usedAt > UNUSED_MS) await rm(path, { recursive: true, force: true });
  }
}
