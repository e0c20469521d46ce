import { readdir, readFile } from 'node:fs/promises';

/** A mark is gone from the process table after so many rounds, unless something multiplies faster than it is killed. */
const MAX_ROUNDS = 20;

/**
 * killMarked kills every process of this machine whose environment holds `NAME=value`, wherever it hid: children inherit
 * the environment, and a new session (`setsid`) keeps it. Only processes that `may` be meant are looked at. Without /proc
 * (not Linux) nothing is found.
 */
export async function killMarked(mark: string, may: (id: number) => boolean = () => true): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const found = await findMarked(mark, may);
    if (found.length === 0) return;
    found.forEach(kill);
  }
}

/**
 * isYounger says whether a process id was given out after that of `first` and up to `last`: numbers go up, and begin anew at
 * the end. Right as long as they have not gone all the way round since.
 */
export function isYounger(id: number, first: number, last: number): boolean {
  return first <= last ? first < id && id <= last : id > first || id <= last;
}

/** lastProcessId is the number that the kernel gave out last; undefined where it does not say. */
export async function lastProcessId(): Promise<number | undefined> {
  const text = await readFile('/proc/loadavg', 'utf8').catch(() => '');
  const last = Number(text.trim().split(' ').at(-1));
  return Number.isInteger(last) && last > 0 ? last : undefined;
}

async function findMarked(mark: string, may: (id: number) => boolean): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => []);
  const ids = names.map(Number).filter((id) => Number.isInteger(id) && id > 0 && may(id));
  const marked = await Promise.all(ids.map(async (id) => ((await carries(id, mark)) ? [id] : [])));
  return marked.flat();
}

/** What is not ours cannot be read; what has ended (also a zombie) has no environment any more. */
async function carries(id: number, mark: string): Promise<boolean> {
  const environment = await readFile(`/proc/${id}/environ`, 'latin1').catch(() => '');
  return `\0${environment}`.includes(`\0${mark}\0`);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
