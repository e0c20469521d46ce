import { Command } from 'commander';
import type { PermitUserBody, TagPermitBody, TimelineBody } from '../api/bodies.js';
import { jsonContent } from '../api/client.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { inSession, type Session } from '../session.js';

const PATH = 'tag-permits';

/** permitCommand: `maestro permit set|get|list|remove`. */
export function permitCommand(cli: Cli): Command {
  const command = new Command('permit').description('limit how many steps with a tag run at a time');
  const commands = [
    new Command('set')
      .description('set the limit of a tag')
      .argument('<tag>')
      .argument('<limit>', 'how many steps may run at a time; 0 = none')
      .action(inSession(cli, set)),
    new Command('get')
      .description('show a limit, who holds its permits and who waits for them, in order')
      .argument('<tag>')
      .action(inSession(cli, get)),
    new Command('list').description('list the tags with a limit').action(inSession(cli, list)),
    new Command('remove')
      .description('limit a tag no longer; who waits for it goes on')
      .argument('<tag>')
      .action(inSession(cli, remove)),
  ];
  for (const each of commands) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

async function set({ cli, client, output }: Session, tag: string, limit: string): Promise<ExitCode> {
  if (!/^\d+$/.test(limit)) throw new UsageError(`"${limit}" is not a number of steps: write 0 or more`);
  const content = jsonContent({ tag, max_allowed: BigInt(limit) });
  const answer = await client.call<TagPermitBody>('POST', apiPath([PATH]), content);
  printAnswer(cli, output, answer, (body) => `${permitText(body)}\n`);
  return 0;
}

async function get({ cli, client, output }: Session, tag: string): Promise<ExitCode> {
  const answer = await client.get<TagPermitBody>(apiPath([PATH, tag]));
  printAnswer(cli, output, answer, (body) => {
    const holders = (body.holders ?? []).map((user) => `holds  ${userText(user)}\n`);
    const waiters = (body.waiters ?? []).map(
      (user, index) => `waits  ${userText(user)}, number ${String(index + 1)}\n`,
    );
    return [`${permitText(body)}\n`, ...holders, ...waiters].join('');
  });
  return 0;
}

async function list({ cli, client, output }: Session): Promise<ExitCode> {
  const answer = await client.get<readonly TagPermitBody[]>(apiPath([PATH]));
  printAnswer(cli, output, answer, (body) => {
    const rows = body.map((each) => [each.tag, ...[each.max_allowed, each.held, each.waiting].map(String)]);
    return tableOf(['TAG', 'LIMIT', 'HELD', 'WAITING'], rows, cli.colors);
  });
  return 0;
}

async function remove({ cli, client, output }: Session, tag: string): Promise<ExitCode> {
  const answer = await client.call<{ timeline_event: TimelineBody }>('DELETE', apiPath([PATH, tag]));
  printAnswer(cli, output, answer, ({ timeline_event: { message } }) => `${message ?? 'removed'}\n`);
  return 0;
}

function permitText({ tag, max_allowed: limit, held, waiting }: TagPermitBody): string {
  return `${tag}: ${held} of ${limit} held, ${waiting} waiting`;
}

function userText(user: PermitUserBody): string {
  const { workflow_id: id, workflow_instance_id: instance, workflow_run_id: run, step_id: step } = user;
  return `${id}/${instance}/${step} run ${run} attempt ${user.step_attempt_id}`;
}
