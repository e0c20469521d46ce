import { Command } from 'commander';
import type { AlertBody, TestedAlertBody } from '../api/alert-bodies.js';
import type { PageBody } from '../api/bodies.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { agoText } from '../print/time.js';
import { inSession, type Session } from '../session.js';
import { cursorOption, limitOption, type ListOptions } from './options.js';

const PATH = 'alerts';

/** alertsCommand: `maestro alerts list|ack|test`; `list` when nothing else is said. */
export function alertsCommand(cli: Cli): Command {
  const command = new Command('alerts').description('what workflows wanted to be told of');
  const listing = new Command('list')
    .description('list alerts, newest first')
    .option('-w, --workflow <id>', 'only of this workflow')
    .option('-t, --type <types>', 'only of these types, such as step_failure,long_running')
    .option('-s, --state <states>', 'only open, acknowledged or resolved ones')
    .addOption(limitOption())
    .addOption(cursorOption())
    .action(inSession(cli, list));
  const acting = [
    new Command('ack')
      .description('say that you look after an alert; those who were paged are told so')
      .argument('<id>')
      .action(inSession(cli, acknowledge)),
    new Command('test')
      .description('tell everybody whom an alert of a workflow would be told that this is a test')
      .argument('<workflow>')
      .option('-t, --type <type>', 'as an alert of this type', 'step_failure')
      .action(inSession(cli, test)),
  ];
  command.addCommand(listing.copyInheritedSettings(command), { isDefault: true });
  for (const each of acting) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

type AlertListOptions = ListOptions & { readonly workflow?: string; readonly type?: string; readonly state?: string };

async function list({ cli, client, output, tenant }: Session, options: AlertListOptions): Promise<ExitCode> {
  const { limit, cursor, workflow, type: types, state: states } = options;
  const path = apiPath([PATH], { tenant, workflow, types, states, first: String(limit), cursor });
  const answer = await client.get<PageBody<AlertBody>>(path);
  printAnswer(cli, output, answer, ({ elements }) =>
    tableOf(
      ['ID', 'STATE', 'TYPE', 'WHEN', 'WHAT'],
      elements.map((each) => rowOf(each, cli.now())),
      cli.colors,
    ),
  );
  return 0;
}

function rowOf({ id, told, type, create_time: time, summary, problems, ...alert }: AlertBody, now: number): string[] {
  const by = alert.acknowledged_by === undefined ? '' : ` by ${alert.acknowledged_by}`;
  const state = `${alert.state}${by}${told ? '' : ' (gathering)'}`;
  return [String(id), state, type, agoText(time, now), [summary, ...problems].join('; ')];
}

async function acknowledge({ cli, client, output }: Session, id: string): Promise<ExitCode> {
  const answer = await client.call<AlertBody>('POST', apiPath([PATH, id, 'acknowledge']));
  printAnswer(cli, output, answer, ({ id: key, acknowledged_by: by = 'nobody', summary }) => {
    return `${by} looks after alert ${key}: ${summary}\n`;
  });
  return 0;
}

async function test({ cli, client, output }: Session, id: string, { type }: { type: string }): Promise<ExitCode> {
  const answer = await client.call<TestedAlertBody>('POST', apiPath(['workflows', id, 'alerts', 'test'], { type }));
  printAnswer(cli, output, answer, ({ receivers, problems }) => {
    const told = receivers.map(({ channel, target }) => `${channel.padEnd(10)} ${target}\n`).join('');
    const wrong = problems.map((problem) => `left out: ${problem}\n`).join('');
    return told === '' ? `nobody is told\n${wrong}` : `${told}${wrong}`;
  });
  return 0;
}
