import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** temporaryFolder is a new folder for one test's files; any user can enter it (servers may run as `nobody`). */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `maestro-${purpose}-`));
  chmodSync(folder, 0o755);
  return folder;
}
