import { Command } from 'commander';
import type { ActionBody, TimelineBody } from '../api/bodies.js';
import { apiPath, instanceParts, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { parseRun } from '../reference.js';
import { inSession, type Session } from '../session.js';

interface Options {
  readonly reason?: string;
}

/** pauseCommand: `maestro pause <id>[/<instance>]`. */
export function pauseCommand(cli: Cli): Command {
  return command(
    cli,
    'pause',
    'begin nothing new in a run, or launch no run of a workflow; what runs goes on to its end',
  );
}

/** resumeCommand: `maestro resume <id>[/<instance>]`. */
export function resumeCommand(cli: Cli): Command {
  return command(cli, 'resume', 'let a paused run or workflow go on');
}

function command(cli: Cli, act: 'pause' | 'resume', description: string): Command {
  return new Command(act)
    .description(description)
    .argument('<workflow>', '<id> (launches of the workflow) or <id>/<instance> (its latest run)')
    .option('--reason <text>', 'kept in the timeline')
    .action(inSession(cli, (session, name: string, options: Options) => perform(session, act, name, options)));
}

async function perform(session: Session, act: string, name: string, { reason }: Options): Promise<ExitCode> {
  const { cli, client, output } = session;
  if (!name.includes('/')) {
    const path = apiPath(workflowParts(name, 'actions', act), { reason });
    printAnswer(cli, output, await client.call<TimelineBody>('PUT', path), ({ message }) => `${message ?? act}\n`);
    return 0;
  }
  const path = apiPath(instanceParts(parseRun(name), 'actions', act), { reason });
  const answer = await client.call<ActionBody>('PUT', path);
  printAnswer(cli, output, answer, ({ workflow_instance_status: status }) => `${name} ${status}\n`);
  return 0;
}
