import { parseArgs } from 'node:util';
import { simulate, type Simulated } from './simulate.js';

const USAGE = `npm run simulate -- [--seeds <count>] [--from <seed>] [--seed <seed>] [--trace]

  --seeds <count>  how many seeds to play, one after the other (1,000)
  --from <seed>    the first of them (1)
  --seed <seed>    play this one alone
  --trace          print all that happened; of a seed that fails it is printed anyway`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values.seed === undefined) await playMany(Number(values.from), Number(values.seeds));
  else await playOne(Number(values.seed), values.trace);
}

async function playOne(seed: number, trace: boolean): Promise<void> {
  const played = await simulate(seed, { trace: true });
  if (trace || played.failure !== undefined) for (const line of played.trace) console.log(line);
  console.log(summary(played));
  if (played.failure !== undefined) process.exitCode = 1;
}

async function playMany(from: number, count: number): Promise<void> {
  const began = performance.now();
  const total = { steps: 0, commits: 0, runs: 0, executions: 0, elapsed: 0 };
  let failed = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const played = await simulate(seed);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += played[key];
    if (played.failure === undefined) continue;
    failed += 1;
    console.log(summary(played));
    console.log(`  replay: npm run simulate -- --seed ${seed}`);
  }
  const seconds = (performance.now() - began) / 1_000;
  const { steps, commits, runs, executions, elapsed } = total;
  console.log(
    `${count} seeds from ${from} in ${seconds.toFixed(1)} s: ${failed} failed; ${steps} effects, ${commits} commits, ${runs} runs, ${executions} executions, ${(elapsed / 3_600_000).toFixed(1)} simulated hours`,
  );
  if (failed > 0) process.exitCode = 1;
}

function summary({ seed, failure, steps, commits, runs, executions, elapsed }: Simulated): string {
  const outcome = failure === undefined ? 'nothing that must not happen' : String(failure);
  return `seed ${seed}: ${outcome} (${steps} effects, ${commits} commits, ${runs} runs, ${executions} executions in ${(elapsed / 1_000).toFixed(0)} s)`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
