import { Command } from 'commander';
import type { ExplainedTriggersBody, FiredTriggerBody, TimeTriggerBody } from '../api/bodies.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { explainedTriggersText } from '../print/explanation.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { agoText } from '../print/time.js';
import { inSession, type Session } from '../session.js';

const SHOWN = '3';

/** triggersCommand: `maestro triggers list|explain|pause|resume|fire`. */
export function triggersCommand(cli: Cli): Command {
  const command = new Command('triggers').description('time triggers: when a workflow starts by itself');
  const named = (name: string): Command =>
    new Command(name).argument('<workflow>').argument('[trigger]', 'its id, as `list` shows it; without: all');
  const commands = [
    new Command('list')
      .description('list the time triggers of a workflow with their next firings')
      .argument('<workflow>')
      .option('--next <count>', 'how many firings of each are shown', SHOWN)
      .action(inSession(cli, list)),
    named('explain')
      .description('say why triggers fired or do not, and when they fire next')
      .option('--time <instant>', 'what became of this time (ISO, or milliseconds since the epoch)')
      .action(inSession(cli, explain)),
    named('pause').description('fire no more until resumed').action(inSession(cli, pause)),
    named('resume')
      .description('fire again; what was missed starts as the catch-up policy says')
      .option('--skip-missed', 'what was missed does not start')
      .action(inSession(cli, resume)),
    named('fire')
      .description('start the workflow as its trigger would')
      .option('--time <instant>', 'nominal time of the firing (ISO, or milliseconds since the epoch); without: now')
      .action(inSession(cli, fire)),
  ];
  for (const each of commands) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

async function list(session: Session, workflow: string, { next }: { readonly next: string }): Promise<ExitCode> {
  if (!/^\d{1,3}$/.test(next)) throw new UsageError(`"${next}" is not a number of firings`);
  const { cli, client, output } = session;
  const answer = await client.get<readonly TimeTriggerBody[]>(apiPath(pathOf(workflow), { next }));
  printAnswer(cli, output, answer, (body) => textOf(session, body));
  return 0;
}

async function explain(
  { cli, client, output }: Session,
  workflow: string,
  trigger: string | undefined,
  { time }: { readonly time?: string },
): Promise<ExitCode> {
  const query = time === undefined ? {} : { time: String(instantOf(time)) };
  const answer = await client.get<ExplainedTriggersBody>(apiPath([...pathOf(workflow, trigger), 'explain'], query));
  printAnswer(cli, output, answer, (body) =>
    explainedTriggersText(body, (each) => `${each.trigger_id ?? ''} ${scheduleText(each.trigger)}`, cli),
  );
  return 0;
}

async function pause(session: Session, workflow: string, trigger?: string): Promise<ExitCode> {
  return act(session, apiPath([...pathOf(workflow, trigger), 'actions', 'pause']));
}

async function resume(
  session: Session,
  workflow: string,
  trigger: string | undefined,
  { skipMissed = false }: { readonly skipMissed?: boolean },
): Promise<ExitCode> {
  return act(
    session,
    apiPath([...pathOf(workflow, trigger), 'actions', 'resume'], skipMissed ? { skipMissed: 'true' } : {}),
  );
}

async function act(session: Session, path: string): Promise<ExitCode> {
  const { cli, client, output } = session;
  const answer = await client.call<readonly TimeTriggerBody[]>('PUT', path);
  printAnswer(cli, output, answer, (body) => textOf(session, body));
  return 0;
}

async function fire(
  { cli, client, output }: Session,
  workflow: string,
  trigger: string | undefined,
  { time }: { readonly time?: string },
): Promise<ExitCode> {
  const query = time === undefined ? {} : { time: String(instantOf(time)) };
  const path = apiPath([...pathOf(workflow, trigger), 'actions', 'fire'], query);
  const answer = await client.call<FiredTriggerBody>('POST', path);
  printAnswer(cli, output, answer, (body) => {
    const { workflow_id: id, workflow_instance_id: instance, duplicated, nominal_time: at } = body;
    return `${id}/${instance} ${duplicated ? 'had started' : 'started'} for ${iso(at)}\n`;
  });
  return 0;
}

function pathOf(workflow: string, trigger?: string): string[] {
  return ['workflows', workflow, 'time-triggers', ...(trigger === undefined ? [] : [trigger])];
}

function instantOf(text: string): number {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isSafeInteger(at) && at > 0) return at;
  throw new UsageError(`"${text}" is not an instant such as 2026-01-31T06:00:00Z`);
}

function textOf({ cli }: Session, body: readonly TimeTriggerBody[]): string {
  if (body.length === 0) return 'The active version has no time triggers.\n';
  const rows = body.map((each) => [
    each.trigger_id,
    scheduleText(each.trigger),
    each.paused_by === undefined ? each.status : `${each.status} by ${each.paused_by}`,
    agoText(each.status === 'PAUSED' ? undefined : each.next_fire_time, cli.now()),
    String(each.fired_count),
    each.next_nominal_times.map(iso).join(' '),
  ]);
  const reasons = body.flatMap(({ trigger_id: id, reason }) => (reason === undefined ? [] : [`${id}: ${reason}\n`]));
  return `${tableOf(['TRIGGER', 'WHEN', 'STATUS', 'NEXT', 'FIRED', 'NEXT FIRINGS'], rows, cli.colors)}${reasons.join('')}`;
}

function scheduleText(trigger: Readonly<Record<string, unknown>>): string {
  const {
    cron,
    expression,
    interval,
    timezone = 'UTC',
  } = trigger as Readonly<Record<string, string | bigint | undefined>>;
  return `${cron ?? expression ?? `every ${interval}`} ${timezone}`;
}

function iso(instant: bigint): string {
  return new Date(Number(instant)).toISOString().replace('.000Z', 'Z');
}
