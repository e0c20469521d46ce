import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** scratchFolderName names the working folder of one executor process: the process id tells later whether it lives. */
export function scratchFolderName(executorId: string, pid: number): string {
  return `${executorId}.${pid}`;
}

/** sweepScratch removes what executors of this machine left behind that were killed. */
export async function sweepScratch(scratchDir: string): Promise<void> {
  const names = await readdir(scratchDir).catch(() => []);
  const left = names.filter((name) => isLeft(Number(name.slice(name.lastIndexOf('.') + 1))));
  await Promise.all(left.map((name) => rm(join(scratchDir, name), { recursive: true, force: true })));
}

function isLeft(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0 && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
