import { allProcesses, busyTicks, withDescendants, type ProcessFacts } from './process-tree.js';

/** Clock ticks of /proc have 10 ms on every Linux that Node supports. */
const SECONDS_A_TICK = 0.01;

/** CpuReading is what everything has used up to now, in seconds. */
export interface CpuReading {
  readonly byPart: Readonly<Record<string, number>>;
  /** The whole machine, others included. */
  readonly machine: number;
}

/** CpuUse is what was used between two readings, in CPU seconds. */
export interface CpuUse {
  readonly byPart: Readonly<Record<string, number>>;
  /** What programs outside the benchmark used: above some percents of a core the figures are not to be trusted. */
  readonly others: number;
}

/**
 * readCpu sums the CPU time of each part of a Maestro that `launcher` started: its services by name, Postgres with all its
 * backends, NATS, and this process (the load). Fails when a service has ended: what follows would measure its restart.
 */
export function readCpu(launcher: number, services: Readonly<Record<string, number>>): CpuReading {
  const all = allProcesses();
  const byPart: Record<string, number> = { load: seconds(all.filter(({ pid }) => pid === process.pid)) };
  for (const [name, pid] of Object.entries(services)) {
    const processes = withDescendants(pid, all);
    if (processes.length === 0) throw new Error(`the ${name} service ended; its log says why`);
    byPart[name] = seconds(processes);
  }
  for (const child of all.filter(({ parent }) => parent === launcher)) {
    const part = partOf(child);
    if (part !== undefined) byPart[part] = seconds(withDescendants(child.pid, all));
  }
  return { byPart, machine: busyTicks() * SECONDS_A_TICK };
}

function partOf({ name }: ProcessFacts): string | undefined {
  if (name.startsWith('postgres')) return 'postgres';
  return name.startsWith('nats-server') ? 'nats' : undefined;
}

function seconds(processes: readonly ProcessFacts[]): number {
  return processes.reduce((sum, { ticks }) => sum + ticks, 0) * SECONDS_A_TICK;
}

/** used is the difference of two readings of a counter; a process that was started again meanwhile counts from 0. */
export function used(now: number, before: number): number {
  return now < before ? now : now - before;
}

/** cpuBetween is the difference of two readings. */
export function cpuBetween(before: CpuReading, after: CpuReading): CpuUse {
  const parts = Object.entries(after.byPart).map(([part, now]) => [part, used(now, before.byPart[part] ?? 0)] as const);
  const own = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
  return { byPart: Object.fromEntries(parts), others: Math.max(0, after.machine - before.machine - own) };
}

/** addCpu adds up several uses. */
export function addCpu(uses: readonly CpuUse[]): CpuUse {
  const byPart: Record<string, number> = {};
  for (const use of uses)
    for (const [part, used] of Object.entries(use.byPart)) byPart[part] = (byPart[part] ?? 0) + used;
  return { byPart, others: uses.reduce((sum, { others }) => sum + others, 0) };
}
