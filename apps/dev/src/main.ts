import { ConfigError, describeConfig, readConfig, wantsHelp } from '@maestro/config';
import { devConfig } from './config.js';
import { runDev } from './dev.js';

/** After this many requests to stop, a person means it: leave at once; the guards end what is left. */
const IMPATIENT = 2;

async function main(argv: readonly string[]): Promise<number> {
  if (wantsHelp(argv)) {
    process.stdout.write(describeConfig(devConfig));
    return 0;
  }
  const warn = (message: string): void => void process.stderr.write(`warning: ${message}\n`);
  const config = readConfig(devConfig, { argv, env: process.env, warn });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  return runDev({ config, env: process.env, print, stopRequested: stopRequest() });
}

/**
 * What was started runs on its own, so nothing but this timer keeps our event loop turning. It also looks for our parent:
 * `npm start` that is ended passes the signal to the shell between npm and us, which dies of it without passing it on.
 */
const PARENT_CHECK_MS = 500;

function stopRequest(): Promise<string> {
  let requests = 0;
  const parent = process.ppid;
  const startedByNpm = process.env['npm_lifecycle_event'] !== undefined;
  return new Promise((resolve) => {
    setInterval(() => {
      if (startedByNpm && process.ppid !== parent) resolve('npm was ended');
    }, PARENT_CHECK_MS);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        requests += 1;
        resolve(signal);
        if (requests > IMPATIENT) process.exit(130);
      });
    }
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigError ? 2 : 1);
  },
);
