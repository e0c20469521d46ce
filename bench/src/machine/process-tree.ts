import { readdirSync, readFileSync } from 'node:fs';

/** ProcessFacts are what /proc tells of one process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  /** Name of the program, at most 15 characters. */
  readonly name: string;
  /** CPU time of it and of its ended children, in clock ticks of 10 ms. */
  readonly ticks: number;
}

/** parseStat reads a line of /proc/<pid>/stat (proc(5)); the name may hold blanks and brackets. */
export function parseStat(line: string): ProcessFacts {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const fields = line.slice(close + 2).split(' ');
  const [, parent, ...rest] = fields;
  // utime, stime, cutime and cstime are the fields 14 to 17 of the line, which begins with pid, name, state, parent.
  const ticks = rest.slice(9, 13).reduce((sum, field) => sum + Number(field), 0);
  return { pid: Number(line.slice(0, open)), parent: Number(parent), name: line.slice(open + 1, close), ticks };
}

/** allProcesses reads every process of the machine; those that end meanwhile are left out. */
export function allProcesses(): ProcessFacts[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
      } catch {
        return [];
      }
    });
}

/** withDescendants is a process and all that descend from it. */
export function withDescendants(root: number, all: readonly ProcessFacts[]): ProcessFacts[] {
  const own = all.filter(({ pid }) => pid === root);
  const children = all.filter(({ parent }) => parent === root);
  return [...own, ...children.flatMap(({ pid }) => withDescendants(pid, all))];
}

/** residentBytes is the memory that a process has in RAM now. */
export function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? Number.NaN) * 1_024;
}

/** busyTicks is the CPU time that the whole machine has worked since its start, in clock ticks (proc(5), /proc/stat). */
export function busyTicks(): number {
  const fields = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = fields;
  return user + nice + system + irq + softirq;
}
