import { openClients, type Clients } from './load/clients.js';
import { combineCommits, NO_COMMITS, readCommits, type CommitReading } from './machine/commit-account.js';
import { addCpu, cpuBetween, readCpu, used, type CpuUse } from './machine/cpu-account.js';
import type { RunningMaestro } from './machine/running-maestro.js';
import type { ServiceProfiler } from './profile/service-profiler.js';
import type { PreparedWork, Sample, Work } from './works/work.js';

/** WorkResult is what came of a work. */
export interface WorkResult {
  readonly work: Work;
  readonly samples: readonly Sample[];
  readonly cpu: CpuUse;
  /** What the scheduler committed in the samples. */
  readonly commits: CommitReading;
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
  const taken: Accounted[] = [];
  try {
    const prepared = await work.prepare({ clients, maestro, signal, log });
    await prepared.warmUp();
    profiler?.start();
    for (let index = 0; index < work.samples; index += 1) {
      const one = await accounted(prepared, maestro);
      taken.push(one);
      log(`${work.name}: sample ${index + 1} of ${work.samples}: ${describe(one.sample)}`);
    }
    return resultOf(work, taken);
  } catch (error) {
    return { ...resultOf(work, taken), problem: signal.aborted ? await unfinished(work, clients) : messageOf(error) };
  } finally {
    await profiler?.stop(work.name);
    await clients.close();
  }
}

interface Accounted {
  readonly sample: Sample;
  readonly cpu: CpuUse;
  readonly commits: CommitReading;
  readonly seconds: number;
}

async function accounted(prepared: PreparedWork, { run, services }: RunningMaestro): Promise<Accounted> {
  const metrics = run.services['scheduler']?.metrics ?? '';
  const commits = await readCommits(metrics);
  const cpu = readCpu(run.pid, services());
  const started = performance.now();
  const sample = await prepared.sample();
  const seconds = (performance.now() - started) / 1_000;
  return {
    sample,
    seconds,
    cpu: cpuBetween(cpu, readCpu(run.pid, services())),
    commits: combineCommits(await readCommits(metrics), commits, used),
  };
}

function resultOf(work: Work, taken: readonly Accounted[]): WorkResult {
  return {
    work,
    samples: taken.map(({ sample }) => sample),
    cpu: addCpu(taken.map(({ cpu }) => cpu)),
    commits: taken.reduce((sum, { commits }) => combineCommits(sum, commits, (a, b) => a + b), NO_COMMITS),
    seconds: taken.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function describe({ values }: Sample): string {
  return Object.entries(values)
    .map(([key, value]) => `${key} ${value.toPrecision(4)}`)
    .join(', ');
}

async function unfinished({ timeLimitMs }: Work, { database }: Clients): Promise<string> {
  const open = await database.openRuns();
  const rest = open === 0 ? '' : `; ${open} runs were open and run on beside what follows`;
  return `not finished within its limit of ${timeLimitMs / 1_000} s${rest}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
