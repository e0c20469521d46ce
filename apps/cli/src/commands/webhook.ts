import { Command } from 'commander';
import { jsonContent } from '../api/client.js';
import { apiPath } from '../api/path.js';
import type { PingBody, WebhookBody } from '../api/webhook-bodies.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { inSession, type Session } from '../session.js';
import { collect } from './options.js';

const PATH = 'webhooks';

/** webhookCommand: `maestro webhook add|list|update|delete|test`. */
export function webhookCommand(cli: Cli): Command {
  const command = new Command('webhook').description('tell URLs of events: definitions, runs, steps, signals');
  const commands = [
    filtered(new Command('add').description('tell a URL of events from now on; shows its secret, once'))
      .argument('<url>')
      .option('--secret <secret>', 'whsec_ and 24 to 64 bytes in base64; else one is made')
      .action(inSession(cli, add)),
    new Command('list').description('list the webhooks').action(inSession(cli, list)),
    filtered(new Command('update').description('change what is given'))
      .argument('<id>')
      .option('--url <url>', 'another URL')
      .option('--enable', 'tell it of events again')
      .option('--disable', 'tell it nothing until it is enabled')
      .option('--rotate-secret', 'make another secret and show it')
      .action(inSession(cli, update)),
    new Command('delete')
      .description('tell it nothing more; what waits for it is given up')
      .argument('<id>')
      .action(inSession(cli, remove)),
    new Command('test')
      .description('send a ping now and show what the receiver answers')
      .argument('<id>')
      .action(inSession(cli, test)),
  ];
  for (const each of commands) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

function filtered(command: Command): Command {
  return command
    .option('-e, --event <type>', 'only such events, * for any text: io.maestro.run.*; may be repeated', collect, [])
    .option('-w, --workflow <id>', 'only of such workflows, * for any text; may be repeated', collect, [])
    .option('--description <text>', 'what it is for');
}

interface FilterOptions {
  readonly event: readonly string[];
  readonly workflow: readonly string[];
  readonly description?: string;
}

type AddOptions = FilterOptions & { readonly secret?: string };

async function add({ cli, client, output }: Session, url: string, options: AddOptions): Promise<ExitCode> {
  const { secret, description, event, workflow } = options;
  const given = { ...(secret === undefined ? {} : { secret }), ...(description === undefined ? {} : { description }) };
  const content = jsonContent({ url, event_types: event, workflow_ids: workflow, ...given });
  const answer = await client.call<WebhookBody>('POST', apiPath([PATH]), content);
  printAnswer(cli, output, answer, changedText);
  return 0;
}

async function list({ cli, client, output }: Session): Promise<ExitCode> {
  const answer = await client.get<readonly WebhookBody[]>(apiPath([PATH]));
  printAnswer(cli, output, answer, (body) => {
    const rows = body.map((each) => [
      each.id,
      each.url,
      namesOf(each.event_types),
      namesOf(each.workflow_ids),
      stateOf(each),
    ]);
    return tableOf(['ID', 'URL', 'EVENTS', 'WORKFLOWS', 'STATE'], rows, cli.colors);
  });
  return 0;
}

type UpdateOptions = FilterOptions & {
  readonly url?: string;
  readonly enable?: boolean;
  readonly disable?: boolean;
  readonly rotateSecret?: boolean;
};

async function update({ cli, client, output }: Session, id: string, options: UpdateOptions): Promise<ExitCode> {
  const { url, description, event, workflow, enable = false, disable = false, rotateSecret } = options;
  if (enable && disable) throw new UsageError('--enable and --disable: give one of them');
  const body = {
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(event.length === 0 ? {} : { event_types: event }),
    ...(workflow.length === 0 ? {} : { workflow_ids: workflow }),
    ...(enable || disable ? { disabled: disable } : {}),
    ...(rotateSecret === true ? { rotate_secret: true } : {}),
  };
  const answer = await client.call<WebhookBody>('PUT', apiPath([PATH, id]), jsonContent(body));
  printAnswer(cli, output, answer, changedText);
  return 0;
}

async function remove({ cli, client, output }: Session, id: string): Promise<ExitCode> {
  const answer = await client.call<{ readonly given_up: bigint }>('DELETE', apiPath([PATH, id]));
  printAnswer(cli, output, answer, ({ given_up }) => `deleted; ${given_up} deliveries were given up\n`);
  return 0;
}

async function test({ cli, client, output }: Session, id: string): Promise<ExitCode> {
  const answer = await client.call<PingBody>('POST', apiPath([PATH, id, 'test']));
  printAnswer(cli, output, answer, ({ delivered, answer: text, duration_ms }) => {
    return `${delivered ? 'delivered' : 'not delivered'}: ${text} (${duration_ms}ms)\n`;
  });
  return answer.body.delivered ? 0 : 1;
}

function changedText(webhook: WebhookBody): string {
  const secret = webhook.secret === undefined ? '' : `secret (it is not shown again): ${webhook.secret}\n`;
  return `webhook ${webhook.id} ${webhook.url} ${stateOf(webhook)}\n${secret}`;
}

function stateOf({ disabled, disabled_reason: reason = '' }: WebhookBody): string {
  if (!disabled) return 'enabled';
  return reason === '' ? 'disabled' : `disabled: ${reason}`;
}

function namesOf(patterns: readonly string[]): string {
  return patterns.length === 0 ? 'all' : patterns.join(' ');
}
