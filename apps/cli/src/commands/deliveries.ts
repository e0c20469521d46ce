import { Command } from 'commander';
import type { PageBody } from '../api/bodies.js';
import { apiPath, type Query } from '../api/path.js';
import type { DeliveryBody } from '../api/webhook-bodies.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { agoText } from '../print/time.js';
import { inSession, type Session } from '../session.js';
import { cursorOption, limitOption, type ListOptions } from './options.js';

const PATH = 'deliveries';

/** deliveriesCommand: `maestro deliveries list|retry`; `list` when nothing else is said. */
export function deliveriesCommand(cli: Cli): Command {
  const command = new Command('deliveries').description('what was sent outside (events, alerts), and sending it again');
  const listing = filtered(new Command('list').description('list deliveries, newest first'))
    .option('-s, --state <state>', 'only pending, delivered or dead ones')
    .addOption(limitOption())
    .addOption(cursorOption())
    .action(inSession(cli, list));
  const retrying = filtered(new Command('retry').description('send one again, or all dead ones that the options find'))
    .argument('[id]')
    .option('--all', 'all dead ones')
    .action(inSession(cli, retry));
  command.addCommand(listing.copyInheritedSettings(command), { isDefault: true });
  command.addCommand(retrying.copyInheritedSettings(command));
  return command;
}

function filtered(command: Command): Command {
  return command
    .option('-c, --channel <channel>', 'only through this channel, such as webhook')
    .option('-t, --target <target>', 'only to this target, such as the id of a webhook')
    .option('-k, --kind <type>', 'only this type of event or alert')
    .option('-w, --workflow <id>', 'only of this workflow');
}

interface FilterOptions {
  readonly channel?: string;
  readonly target?: string;
  readonly kind?: string;
  readonly workflow?: string;
}

type DeliveryListOptions = FilterOptions & ListOptions & { readonly state?: string };

async function list({ cli, client, output }: Session, options: DeliveryListOptions): Promise<ExitCode> {
  const page = { first: String(options.limit), cursor: options.cursor, state: options.state };
  const path = apiPath([PATH], { ...filterOf(options), ...page });
  const answer = await client.get<PageBody<DeliveryBody>>(path);
  printAnswer(cli, output, answer, ({ elements }) => {
    const rows = elements.map((each) => rowOf(each, cli.now()));
    return tableOf(
      ['ID', 'STATE', 'TRIES', 'CHANNEL', 'TARGET', 'KIND', 'WORKFLOW', 'MADE', 'ANSWER'],
      rows,
      cli.colors,
    );
  });
  return 0;
}

type RetryOptions = FilterOptions & { readonly all?: boolean };

async function retry(
  { cli, client, output }: Session,
  id: string | undefined,
  options: RetryOptions,
): Promise<ExitCode> {
  if (id !== undefined) {
    const answer = await client.call<DeliveryBody>('POST', apiPath([PATH, id, 'retry']));
    printAnswer(
      cli,
      output,
      answer,
      ({ id: key, channel, target }) => `delivery ${key} is sent again to ${channel} ${target}\n`,
    );
    return 0;
  }
  const filter = filterOf(options);
  if (options.all !== true && Object.values(filter).every((value) => value === undefined)) {
    throw new UsageError('give the id of a delivery, or say which dead ones: --all, --target, --workflow, ..');
  }
  const answer = await client.call<{ readonly retried: bigint; readonly more: boolean }>(
    'POST',
    apiPath([PATH, 'retry'], filter),
  );
  printAnswer(
    cli,
    output,
    answer,
    ({ retried, more }) => `${retried} are sent again${more ? '; there are more' : ''}\n`,
  );
  return 0;
}

function filterOf({ channel, target, kind, workflow }: FilterOptions): Query {
  return { channel, target, kind, workflow };
}

function rowOf(delivery: DeliveryBody, now: number): string[] {
  const { id, state, attempts, channel, target, kind, workflow_id: workflow = '', last_answer: answer = '' } = delivery;
  const next = delivery.next_try === undefined ? '' : ` (${agoText(delivery.next_try, now)})`;
  const made = agoText(delivery.create_time, now);
  return [String(id), `${state}${next}`, String(attempts), channel, target, kind, workflow, made, answer];
}
