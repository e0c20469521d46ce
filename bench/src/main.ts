import { join } from 'node:path';
import { runBench } from './bench.js';
import type { RunningMaestro } from './machine/running-maestro.js';
import { readOptions, USAGE, UsageError } from './options.js';

const EXIT_VOID = 1;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const started = performance.now();
  const log = (line: string): void =>
    void process.stderr.write(`[${((performance.now() - started) / 1_000).toFixed(1).padStart(6)} s] ${line}\n`);
  const valid = await runBench({
    options,
    // This file is bundled into bench/dist.
    root: join(__dirname, '..', '..'),
    env: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    log,
    onStarted: stopWhenAsked,
  });
  return valid ? 0 : EXIT_VOID;
}

function stopWhenAsked(maestro: RunningMaestro): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => void maestro.stop().finally(() => process.exit(EXIT_INTERRUPTED)));
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof UsageError ? EXIT_USAGE : EXIT_VOID);
  },
);
