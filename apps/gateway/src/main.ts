import { ConfigError, describeConfig, readConfig, wantsHelp } from '@maestro/config';
import { compose } from './compose.js';
import { gatewayConfig } from './config.js';

async function main(argv: readonly string[]): Promise<void> {
  if (wantsHelp(argv)) return print(describeConfig(gatewayConfig));
  // The gateway owns no table: there is nothing to migrate, but it is started like every service.
  if (argv.includes('--migrate')) return;
  const gateway = compose(readConfig(gatewayConfig, { argv, env: process.env, warn: complain }));
  const stop = (): void => void gateway.stop().then(() => process.exit(0), fail);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await gateway.start();
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

function fail(error: unknown): void {
  complain(error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(1);
}

main(process.argv.slice(2)).catch(fail);
