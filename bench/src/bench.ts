import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { measureFloor, type Floor } from './machine/floor.js';
import { startMaestro, type RunningMaestro } from './machine/running-maestro.js';
import type { Options } from './options.js';
import { ProfileHook, ServiceProfiler } from './profile/service-profiler.js';
import { elsewhereLines } from './report/elsewhere.js';
import { resultsJson } from './report/results-json.js';
import { commitsTable, cpuTable, figuresTable, floorLines, othersWarning } from './report/tables.js';
import { runWork, type WorkResult } from './run-work.js';
import type { Work } from './works/work.js';

/** BenchInput is what `main.ts` reads from the outside. */
export interface BenchInput {
  readonly options: Options;
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** For figures. */
  readonly print: (text: string) => void;
  /** For progress. */
  readonly log: (line: string) => void;
  /** Told what runs, so that it can be stopped when a person asks. */
  readonly onStarted: (maestro: RunningMaestro) => void;
}

/** What Maestro is started with, unless the environment says otherwise. */
const SETTINGS = {
  // In-process steps take no slot; this is for the day they do.
  MAESTRO_EXECUTOR_SLOTS: '2000',
  // The engine is measured: a stream that nobody reads would be a third of the work on two cores (README.md).
  MAESTRO_NOTIFIER_CLOUDEVENTS: 'none',
};

/** runBench measures what was asked for and prints it. Returns whether every figure is valid (not: reaches its target). */
export async function runBench(input: BenchInput): Promise<boolean> {
  const { options, print, log } = input;
  warnOfLoad(log);
  const results: WorkResult[] = [];
  const floors: Floor[] = [];
  for (const works of bySettings(options.works)) {
    const session = await runSession(input, works);
    floors.push(session.floor);
    results.push(...session.results);
  }
  print(`\n${figuresTable(results)}\n`);
  for (const floor of floors) print(`${floorLines(floor)}\n`);
  print(`CPU seconds per 1,000 steps:\n${cpuTable(results, availableParallelism())}\n`);
  print(`Commits of the scheduler:\n${commitsTable(results)}\n`);
  print(`${elsewhereLines()}${othersWarning(results, availableParallelism())}`);
  if (options.json !== undefined) writeFileSync(options.json, resultsJson(results));
  return results.every(({ problem }) => problem === undefined);
}

interface Session {
  readonly floor: Floor;
  readonly results: readonly WorkResult[];
}

async function runSession(
  { root, env, options, print, log, onStarted }: BenchInput,
  works: readonly Work[],
): Promise<Session> {
  const hook = options.profile === undefined ? undefined : new ProfileHook(root, options.profile);
  log('starting Maestro');
  const settings = { ...defaultsFor(env), ...works[0]?.settings, ...hook?.settings(env) };
  const maestro = await startMaestro({ root, env, settings });
  onStarted(maestro);
  try {
    const floor = await measureFloor(maestro.run.postgresUrl, maestro.run.natsUrl);
    const profiler = hook && new ServiceProfiler(hook, maestro.services()[hook.service] ?? 0, print);
    const results: WorkResult[] = [];
    for (const work of works) {
      const result = await runWork(work, { maestro, profiler, log });
      if (result.problem !== undefined) log(`${work.name}: VOID: ${result.problem}`);
      results.push(result);
    }
    return { floor, results };
  } finally {
    log('stopping Maestro');
    await maestro.stop();
  }
}

function defaultsFor(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(SETTINGS).filter(([name]) => env[name] === undefined));
}

/** Works that want the same settings of the services run on the same Maestro, one after the other. */
function bySettings(works: readonly Work[]): Work[][] {
  const groups = new Map<string, Work[]>();
  for (const work of works) {
    const key = JSON.stringify(work.settings);
    groups.set(key, [...(groups.get(key) ?? []), work]);
  }
  return [...groups.values()];
}

/** Others that compute at the same time cost us more than their share: caches, disk, wake-ups. */
function warnOfLoad(log: (line: string) => void): void {
  const [minute = 0] = loadavg();
  if (minute < 0.5) return;
  log(
    `warning: other programs are busy on this machine (load ${minute.toFixed(1)} on ${availableParallelism()} cores): do not trust the figures`,
  );
}
