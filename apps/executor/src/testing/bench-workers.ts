import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, waitUntil } from '@maestro/testing';
import { startBench, type ExecutorBench } from './executor-bench.js';

const STEPS = 10_000;
const ROUNDS = 5;
const SLOTS = 256;
/** Of /proc: 100 a second on every Linux of today. */
const TICK_MS = 10;
const HOUR_MS = 3_600_000;

/** One kind of worker that is measured. */
interface Contender {
  readonly name: string;
  readonly type: string;
  start(address: string): ChildProcess | undefined;
}

interface Sample {
  readonly stepsPerSecond: number;
  readonly executorMs: number;
  readonly workerMs: number;
}

/**
 * Measures how many trivial steps a second a remote worker runs: the executor with its scripted scheduler in this process, NATS
 * with file storage, the worker in a process of its own. The contenders take turns, so that a busy machine is fair to them.
 */
async function main(workerScript: string, python: string | undefined): Promise<void> {
  const contenders: Contender[] = [
    { name: 'Echo, inside the executor', type: 'Echo', start: () => undefined },
    {
      name: 'TypeScript worker',
      type: 'bench-ts@1',
      start: (address) => run(process.execPath, [workerScript], address),
    },
  ];
  if (python !== undefined) {
    const script = join(repositoryRoot(), 'libs/worker-python/bench/worker.py');
    contenders.push({ name: 'Python worker', type: 'bench-py@1', start: (address) => run(python, [script], address) });
  }
  const bench = await startBench({ MAESTRO_DEFINITION_ADDRESS: '127.0.0.1:1' });
  const samples = new Map(contenders.map(({ name }) => [name, [] as Sample[]]));
  for (const contender of contenders) await measure(bench, contender, STEPS / 10);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contender of contenders) samples.get(contender.name)?.push(await measure(bench, contender, STEPS));
  }
  for (const [name, all] of samples) print(name, all);
  await bench.stop();
}

async function measure(bench: ExecutorBench, { type, start }: Contender, steps: number): Promise<Sample> {
  bench.scheduler.reports.length = 0;
  // In the future: nothing may count as too old to start without a claim, however long it lies in the queue.
  const dispatchedAt = BigInt(Date.now() + HOUR_MS);
  const tasks = Array.from({ length: steps }, () => bench.scheduler.task({ stepType: type, dispatchedAt }));
  if (type !== 'Echo') await publish(bench, tasks);
  const cpu = process.cpuUsage();
  const child = start(bench.address);
  const first = (): boolean => bench.scheduler.reports.length > 0;
  if (child !== undefined) await waitUntil(first, { describe: 'the first step', timeoutMs: 30_000 });
  const [begun, already, usedBefore] = [performance.now(), bench.scheduler.reports.length, cpuOf(child)];
  if (type === 'Echo') await publish(bench, tasks);
  await waitUntil(() => bench.scheduler.reports.length >= steps, { describe: 'the last step', timeoutMs: 120_000 });
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const workerMs = cpuOf(child) - usedBefore;
  if (child !== undefined) await new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGTERM')));
  const done = steps - already;
  return { stepsPerSecond: done / seconds, executorMs: (user + system) / steps, workerMs: (workerMs * 1_000) / done };
}

async function publish({ scheduler }: ExecutorBench, tasks: Parameters<typeof scheduler.dispatch>[0]): Promise<void> {
  for (let from = 0; from < tasks.length; from += 500) await scheduler.dispatch(tasks.slice(from, from + 500));
}

function run(command: string, args: readonly string[], address: string): ChildProcess {
  const env = {
    ...process.env,
    MAESTRO_EXECUTOR_ADDRESS: address,
    MAESTRO_WORKER_SLOTS: String(SLOTS),
    PYTHONPATH: join(repositoryRoot(), 'libs/worker-python/src'),
  };
  return spawn(command, [...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Milliseconds of CPU that a process has used. */
function cpuOf(child: ChildProcess | undefined): number {
  if (child?.pid === undefined) return 0;
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function print(name: string, samples: readonly Sample[]): void {
  const median = (values: readonly number[]): number =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const rates = samples.map(({ stepsPerSecond }) => stepsPerSecond);
  const [rate, best] = [median(rates), Math.max(...rates)].map((each) => Math.round(each).toLocaleString('en'));
  const executor = median(samples.map(({ executorMs }) => executorMs)).toFixed(0);
  const worker = median(samples.map(({ workerMs }) => workerMs)).toFixed(0);
  process.stdout.write(
    `${name}: ${rate} steps/s (best ${best}); CPU ms per 1,000 steps: executor and scripted scheduler ${executor}, worker ${worker}\n`,
  );
}

const [script = '', python] = process.argv.slice(2);
main(script, python).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
