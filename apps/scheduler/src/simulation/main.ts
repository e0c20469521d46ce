import { parseArgs } from 'node:util';
import { FLAPPING, type FaultRates } from './faults.js';
import { simulate, type Simulated } from './simulate.js';
import { Violation } from './violation.js';

const USAGE = `npm run simulate -- [--seeds <count>] [--from <seed>] [--seed <seed>] [--flapping] [--trace]

  --seeds <count>  how many seeds to play, one after the other (1,000)
  --from <seed>    the first of them (1)
  --seed <seed>    play this one alone
  --flapping       replicas die, seem dead and have clocks that jump, all the time; nothing else fails; without it each seed draws its faults
  --trace          print all that happened; of a seed that fails it is printed anyway`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      flapping: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const faults = values.flapping ? FLAPPING : undefined;
  if (values.help) console.log(USAGE);
  else if (values.seed === undefined) await playMany(Number(values.from), Number(values.seeds), faults);
  else await playOne(Number(values.seed), values.trace, faults);
}

async function playOne(seed: number, trace: boolean, faults?: FaultRates): Promise<void> {
  const played = await simulate(seed, { trace: true, faults });
  if (trace || played.failure !== undefined) for (const line of played.trace) console.log(line);
  console.log(summary(played));
  if (played.failure !== undefined) process.exitCode = 1;
}

async function playMany(from: number, count: number, faults?: FaultRates): Promise<void> {
  const total: Totals = { seeds: 0, failed: 0, steps: 0, commits: 0, runs: 0, executions: 0, elapsed: 0 };
  const began = performance.now();
  for (let seed = from; seed < from + count; seed += 1) {
    const played = await simulate(seed, { faults });
    add(total, played);
    if (played.failure !== undefined)
      console.log(`${summary(played)}\n  replay: npm run simulate -- ${faults ? '--flapping ' : ''}--seed ${seed}`);
    if (total.seeds % REPORT_EVERY === 0 || total.seeds === count) report(total, from, performance.now() - began);
  }
  if (total.failed > 0) process.exitCode = 1;
}

/** A line after so many seeds. */
const REPORT_EVERY = 5_000;

interface Totals {
  seeds: number;
  failed: number;
  steps: number;
  commits: number;
  runs: number;
  executions: number;
  elapsed: number;
}

function add(total: Totals, { failure, steps, commits, runs, executions, elapsed }: Simulated): void {
  total.seeds += 1;
  if (failure !== undefined) total.failed += 1;
  total.steps += steps;
  total.commits += commits;
  total.runs += runs;
  total.executions += executions;
  total.elapsed += elapsed;
}

function report(
  { seeds, failed, steps, commits, runs, executions, elapsed }: Totals,
  from: number,
  tookMs: number,
): void {
  const played = `${steps} effects, ${commits} commits, ${runs} runs, ${executions} executions`;
  const hours = (elapsed / 3_600_000).toFixed(1);
  const seconds = (tookMs / 1_000).toFixed(1);
  console.log(`${seeds} seeds from ${from} in ${seconds} s: ${failed} failed; ${played}, ${hours} simulated hours`);
}

function summary({ seed, failure, steps, commits, runs, executions, elapsed }: Simulated): string {
  const outcome = failure === undefined ? 'nothing that must not happen' : textOf(failure);
  return `seed ${seed}: ${outcome} (${steps} effects, ${commits} commits, ${runs} runs, ${executions} executions in ${(elapsed / 1_000).toFixed(0)} s)`;
}

function textOf(failure: unknown): string {
  if (failure instanceof Violation) return failure.message;
  return failure instanceof Error ? (failure.stack ?? failure.message) : JSON.stringify(failure);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
