import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Cli } from '../cli.js';
import { inSession } from '../session.js';

/** cliVersion is the version of this package. */
export function cliVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile(), 'utf8')) as { version: string };
  return version;
}

/** The bundle lies one folder below the package, the source of this file two. */
function packageFile(): string {
  return join(__dirname, __dirname.endsWith('commands') ? '../..' : '..', 'package.json');
}

/** versionCommand: `maestro version`. */
export function versionCommand(cli: Cli): Command {
  return new Command('version').description('print the version of this command and the address it would call').action(
    inSession(cli, ({ client }) => {
      const { url, source } = client.address;
      cli.terminal.out(`maestro ${cliVersion()}\ngateway ${url} (${source})\n`);
      return Promise.resolve(undefined);
    }),
  );
}
