import { Command } from 'commander';
import type { ActionBody, TimelineBody } from '../api/bodies.js';
import { apiPath, instanceParts, runParts, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { parseRun } from '../reference.js';
import { inSession, type Session } from '../session.js';

/** The two ways to end runs. */
type Ending = 'stop' | 'kill';

interface Options {
  readonly reason?: string;
}

/** stopCommand: `maestro stop <id>[/<instance>[/<run>]]`. */
export function stopCommand(cli: Cli): Command {
  return endCommand(cli, 'stop', 'stop a run, or all of a workflow; they end STOPPED');
}

/** killCommand: `maestro kill <id>[/<instance>[/<run>]]`. */
export function killCommand(cli: Cli): Command {
  return endCommand(cli, 'kill', 'kill a run, or all of a workflow; they end FAILED whatever the steps say');
}

function endCommand(cli: Cli, ending: Ending, description: string): Command {
  return new Command(ending)
    .description(description)
    .argument('<workflow>', '<id> (all that is queued or runs), <id>/<instance> or <id>/<instance>/<run>')
    .option('--reason <text>', 'kept in the timeline')
    .action(inSession(cli, (session, name: string, options: Options) => end(session, ending, name, options)));
}

async function end(session: Session, ending: Ending, name: string, { reason }: Options): Promise<ExitCode> {
  const { cli, client, output } = session;
  const query = { reason };
  if (!name.includes('/')) {
    const path = apiPath(workflowParts(name, 'actions', ending), query);
    printAnswer(cli, output, await client.call<TimelineBody>('PUT', path), ({ message }) => `${message ?? ending}\n`);
    return 0;
  }
  const answer = await client.call<ActionBody>('PUT', apiPath([...runPath(name), 'actions', ending], query));
  printAnswer(cli, output, answer, endedText);
  return 0;
}

function runPath(name: string): string[] {
  const [workflowId = '', instance = '', run, ...rest] = name.split('/');
  if (rest.length > 0)
    throw new UsageError(`"${name}" does not name a run: write <id>/<instance> or <id>/<instance>/<run>`);
  const reference = parseRun(`${workflowId}/${instance}`, run);
  return run === undefined ? instanceParts(reference) : runParts(reference);
}

function endedText(body: ActionBody): string {
  const name = `${body.workflow_id}/${body.workflow_instance_id}`;
  const { workflow_instance_status: status, completed } = body;
  return completed === true ? `${name} ${status}\n` : `${name} is being ended; "maestro watch ${name}" shows it\n`;
}
