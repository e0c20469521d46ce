import { Command } from 'commander';
import type { TimelineBody } from '../api/bodies.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { inSession, type Session } from '../session.js';

/** deleteCommand: `maestro delete <id>`. */
export function deleteCommand(cli: Cli): Command {
  return new Command('delete')
    .description('delete a workflow with all its versions and instances')
    .argument('<workflow>', 'workflow id')
    .option('-y, --yes', 'do not ask')
    .action(inSession(cli, remove));
}

async function remove(session: Session, workflowId: string, options: { readonly yes?: true }): Promise<ExitCode> {
  const { cli, client, output } = session;
  if (options.yes !== true && !(await isMeant(cli, workflowId))) {
    cli.terminal.err('Nothing was deleted.\n');
    return 1;
  }
  const answer = await client.call<TimelineBody>('DELETE', apiPath(workflowParts(workflowId)));
  printAnswer(cli, output, answer, ({ message }) => `${workflowId} is being deleted${message ? `: ${message}` : ''}\n`);
  return 0;
}

async function isMeant({ terminal }: Cli, workflowId: string): Promise<boolean> {
  if (!terminal.canAsk) throw new UsageError('delete asks on a terminal only; --yes deletes without asking');
  const answer = await terminal.ask(`Delete ${workflowId} with all its versions and instances? [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
