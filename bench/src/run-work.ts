import { openClients } from './load/clients.js';
import { addCpu, cpuBetween, readCpu, type CpuUse } from './machine/cpu-account.js';
import type { RunningMaestro } from './machine/running-maestro.js';
import type { ServiceProfiler } from './profile/service-profiler.js';
import type { PreparedWork, Sample, Work } from './works/work.js';

/** WorkResult is what came of a work. */
export interface WorkResult {
  readonly work: Work;
  readonly samples: readonly Sample[];
  readonly cpu: CpuUse;
  readonly seconds: number;
  /** Why the samples are fewer than they should be, or mean nothing. */
  readonly problem?: string;
}

/** RunInput is what a work runs with. */
export interface RunInput {
  readonly maestro: RunningMaestro;
  readonly profiler: ServiceProfiler | undefined;
  readonly log: (line: string) => void;
}

/** runWork pushes, warms up and takes the samples of a work within its time limit. Never throws: see `problem`. */
export async function runWork(work: Work, { maestro, profiler, log }: RunInput): Promise<WorkResult> {
  const signal = AbortSignal.timeout(work.timeLimitMs);
  const clients = await openClients(maestro);
  const samples: Sample[] = [];
  const uses: CpuUse[] = [];
  const outcome = { samples, seconds: 0 };
  try {
    const prepared = await work.prepare({ clients, maestro, signal, log });
    await prepared.warmUp();
    await profiler?.toggle();
    for (let index = 0; index < work.samples; index += 1) {
      const taken = await accounted(prepared, maestro);
      samples.push(taken.sample);
      uses.push(taken.cpu);
      outcome.seconds += taken.seconds;
      log(`${work.name}: sample ${index + 1} of ${work.samples}: ${describe(taken.sample)}`);
    }
    return { work, ...outcome, cpu: addCpu(uses) };
  } catch (error) {
    return { work, ...outcome, cpu: addCpu(uses), problem: problemOf(error, signal, work) };
  } finally {
    await profiler?.toggle(work.name);
    await clients.close();
  }
}

interface Accounted {
  readonly sample: Sample;
  readonly cpu: CpuUse;
  readonly seconds: number;
}

async function accounted(prepared: PreparedWork, { run, services }: RunningMaestro): Promise<Accounted> {
  const before = readCpu(run.pid, services);
  const started = performance.now();
  const sample = await prepared.sample();
  const seconds = (performance.now() - started) / 1_000;
  return { sample, cpu: cpuBetween(before, readCpu(run.pid, services)), seconds };
}

function describe({ values }: Sample): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${value.toPrecision(4)}`)
    .join(', ');
}

function problemOf(error: unknown, signal: AbortSignal, work: Work): string {
  if (signal.aborted) return `not finished within its limit of ${work.timeLimitMs / 1_000} s`;
  return error instanceof Error ? error.message : String(error);
}
