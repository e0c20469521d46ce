import { join } from 'node:path';
import { ConfigError, describeConfig, readConfig, wantsHelp } from '@maestro/config';
import { migrate } from '@maestro/postgres';
import { compose } from './compose.js';
import { schedulerConfig, type SchedulerConfig } from './config.js';

const MIGRATE = '--migrate';

async function main(argv: readonly string[]): Promise<void> {
  if (wantsHelp(argv)) return print(describeConfig(schedulerConfig));
  const settings = argv.filter((word) => word !== MIGRATE);
  const config = readConfig(schedulerConfig, { argv: settings, env: process.env, warn: complain });
  if (argv.includes(MIGRATE)) await runMigrations(config);
  else await serve(config);
}

async function runMigrations({ postgresUrl }: SchedulerConfig): Promise<void> {
  await migrate({ url: postgresUrl, schema: 'scheduler', dir: join(__dirname, '../migrations'), log: print });
}

async function serve(config: SchedulerConfig): Promise<void> {
  const service = compose(config);
  const stop = (): void => void service.stop().then(() => process.exit(0), fail);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await service.start();
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
