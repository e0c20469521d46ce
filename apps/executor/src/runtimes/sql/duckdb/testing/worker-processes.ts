import { readdirSync, readFileSync } from 'node:fs';

/** WorkerProcess is a process that runs a script, as /proc shows it. */
export interface WorkerProcess {
  readonly pid: number;
  /** How much it has computed, in hundredths of a second. */
  readonly cpuTicks: number;
}

/** workersOf finds the children of this process that run a script. */
export function workersOf(script: string): readonly WorkerProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [, parent, user, system] = fields(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        const isOurs = parent === String(process.pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
        return isOurs ? [{ pid: Number(pid), cpuTicks: Number(user) + Number(system) }] : [];
      } catch {
        return [];
      }
    });
}

/** State, parent, user time and system time (proc(5)). */
function fields(stat: string): readonly (string | undefined)[] {
  const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [rest[0], rest[1], rest[11], rest[12]];
}
