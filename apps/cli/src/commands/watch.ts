import { Command } from 'commander';
import type { Cli } from '../cli.js';
import { parseRun } from '../reference.js';
import { inSession } from '../session.js';
import { watchRun } from '../watch/watch-run.js';
import { runOption } from './options.js';

/** watchCommand: `maestro watch <id>/<instance>`. */
export function watchCommand(cli: Cli): Command {
  return new Command('watch')
    .description('show a run until it ends; ends with 0 when it succeeded, 1 when not. Ctrl-C leaves it running')
    .argument('<workflow>', '<id>/<instance>')
    .addOption(runOption())
    .action(
      inSession(cli, ({ client, output }, name: string, options: { run: string }) =>
        watchRun(cli, client, parseRun(name, options.run), output),
      ),
    );
}
