import type { JsonObject } from '@maestro/domain';
import { parseJsonText } from '@maestro/dsl';
import { Command } from 'commander';
import type { ExplainedTriggersBody, PageBody } from '../api/bodies.js';
import { jsonContent } from '../api/client.js';
import { apiPath, runParts, workflowParts, type Query } from '../api/path.js';
import type {
  FiringBody,
  RunTraceBody,
  SignalBody,
  SignalGraphBody,
  SignalTraceBody,
  SignalTriggerBody,
} from '../api/signal-bodies.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { explainedTriggersText } from '../print/explanation.js';
import { printAnswer } from '../print/output.js';
import {
  announcedText,
  firingText,
  graphText,
  runTraceText,
  signalDetails,
  signalNames,
  signalText,
  signalTraceText,
  triggerText,
} from '../print/signal.js';
import { parseRun } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { followSignals } from '../watch/follow-signals.js';
import { collect, cursorOption, limitOption, type ListOptions } from './options.js';

/** signalCommand: `maestro signal announce|get|list|names|watch|trace|graph|triggers|explain|firings`. */
export function signalCommand(cli: Cli): Command {
  const command = new Command('signal').description('announce signals, look at them, and trace where they go');
  const commands = [
    new Command('announce')
      .description('announce a signal: steps and triggers that wait for it go on')
      .argument('<name>')
      .option('-p, --param <name=value>', 'param; a whole number unless in quotes; may be repeated', collect, [])
      .option('--payload <json>', 'JSON object that travels along')
      .option('--request-id <id>', 'the same id is announced once')
      .action(inSession(cli, announce)),
    new Command('get').description('show an announcement').argument('<name#number>').action(inSession(cli, get)),
    new Command('list')
      .description('list announcements of a signal, newest first')
      .argument('<name>')
      .option('-m, --match <comparison>', 'only with such a param, as day>=20260101; may be repeated', collect, [])
      .addOption(limitOption())
      .addOption(cursorOption())
      .action(inSession(cli, list)),
    new Command('names')
      .description('list names of signals')
      .argument('[prefix]', 'how they begin')
      .action(inSession(cli, names)),
    new Command('watch')
      .description('show announcements as they come; Ctrl-C leaves')
      .argument('[name]', 'only this signal')
      .action(inSession(cli, watch)),
    new Command('trace')
      .description('show where a signal came from and went, or all signals of a run')
      .argument('<signal or run>', '<name>#<number>, <name> (the latest), or a run with --run')
      .option('-r, --run <number>', 'the argument is <id>/<instance>, and this its run')
      .action(inSession(cli, trace)),
    new Command('graph')
      .description('show workflows upstream and downstream through signals')
      .argument('<workflow>')
      .option('-d, --depth <count>', 'how many workflows away')
      .action(inSession(cli, graph)),
    new Command('triggers')
      .description('list the signal triggers of a workflow that are subscribed')
      .argument('<workflow>')
      .action(inSession(cli, triggers)),
    new Command('explain')
      .description('say which signals the triggers of a workflow still miss, and what they did last')
      .argument('<workflow>')
      .argument('[trigger]', 'its id, as `triggers` shows it; without: all')
      .action(inSession(cli, explain)),
    new Command('firings')
      .description('list what the signal triggers of a workflow fired, and what became of it')
      .argument('<workflow>')
      .option('-s, --state <state>', 'only PENDING, STARTED, DROPPED or FAILED ones; may be repeated', collect, [])
      .addOption(limitOption())
      .addOption(cursorOption())
      .action(inSession(cli, firings)),
  ];
  for (const each of commands) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

interface AnnounceOptions {
  readonly param: readonly string[];
  readonly payload?: string;
  readonly requestId?: string;
}

async function announce({ cli, client, output }: Session, name: string, options: AnnounceOptions): Promise<ExitCode> {
  const payload = options.payload === undefined ? {} : payloadOf(options.payload);
  const id = options.requestId === undefined ? {} : { request_id: options.requestId };
  const body = { ...payload, name, params: Object.fromEntries(options.param.map(paramOf)), ...id };
  const answer = await client.call<SignalBody>('POST', apiPath(['signals']), jsonContent(body));
  printAnswer(cli, output, answer, announcedText);
  return 0;
}

function paramOf(text: string): [string, string | bigint] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError(`--param "${text}": write <name>=<value>`);
  const value = text.slice(at + 1);
  if (/^".*"$/s.test(value)) return [text.slice(0, at), value.slice(1, -1)];
  return [text.slice(0, at), /^-?\d{1,19}$/.test(value) ? BigInt(value) : value];
}

function payloadOf(text: string): JsonObject {
  const json = parseJsonText(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as JsonObject;
  throw new UsageError('--payload: write a JSON object');
}

/** `orders#12`: number 12; `orders`: the latest. */
function signalParts(text: string): string[] {
  const [, name = text, number = 'latest'] = /^(.+)#(\d+)$/s.exec(text) ?? [];
  return ['signals', name, 'instances', number];
}

async function get({ cli, client, output }: Session, signal: string): Promise<ExitCode> {
  const answer = await client.get<SignalBody>(apiPath(signalParts(signal)));
  printAnswer(cli, output, answer, (body) => signalDetails(body, cli.now()));
  return 0;
}

type SignalListOptions = ListOptions & { readonly match: readonly string[] };

async function list({ cli, client, output }: Session, name: string, options: SignalListOptions): Promise<ExitCode> {
  const query: Query = { first: String(options.limit), cursor: options.cursor, match: options.match };
  const answer = await client.get<PageBody<SignalBody>>(apiPath(['signals', name, 'instances'], query));
  printAnswer(cli, output, answer, ({ elements }) =>
    linesOf(elements, (each) => signalText(each, cli.now()), 'no announcements'),
  );
  return 0;
}

interface NamesBody {
  readonly names: readonly { readonly name: string; readonly last_seq_id: bigint }[];
  readonly more: boolean;
}

async function names({ cli, client, output }: Session, prefix?: string): Promise<ExitCode> {
  const answer = await client.get<NamesBody>(apiPath(['signals'], { prefix, first: '200' }));
  printAnswer(cli, output, answer, ({ names: found, more }) => {
    const lines = linesOf(found, ({ name, last_seq_id }) => `${name}  ${last_seq_id} announced`, 'no signals');
    return lines + (more ? 'and more: give a longer prefix\n' : '');
  });
  return 0;
}

async function watch({ cli, client, output }: Session, name?: string): Promise<ExitCode> {
  const path = apiPath(name === undefined ? ['signals', 'events'] : ['signals', name, 'events']);
  await followSignals(cli, client, path, output);
  return 130;
}

async function trace(
  { cli, client, output }: Session,
  text: string,
  { run }: { readonly run?: string },
): Promise<ExitCode> {
  if (run !== undefined) {
    const answer = await client.get<RunTraceBody>(apiPath(runParts(parseRun(text, run), 'signals')));
    printAnswer(cli, output, answer, (body) => runTraceText(body, cli.now()));
    return 0;
  }
  const answer = await client.get<SignalTraceBody>(apiPath([...signalParts(text), 'lineage']));
  printAnswer(cli, output, answer, (body) => signalTraceText(body, cli.now()));
  return 0;
}

async function graph(
  { cli, client, output }: Session,
  workflow: string,
  { depth }: { readonly depth?: string },
): Promise<ExitCode> {
  const answer = await client.get<SignalGraphBody>(apiPath(workflowParts(workflow, 'signal-graph'), { depth }));
  printAnswer(cli, output, answer, graphText);
  return 0;
}

async function triggers({ cli, client, output }: Session, workflow: string): Promise<ExitCode> {
  const answer = await client.get<readonly SignalTriggerBody[]>(apiPath(workflowParts(workflow, 'signal-triggers')));
  const none = 'no signal triggers are subscribed: its active version has none, or they are switched off';
  printAnswer(cli, output, answer, (body) => linesOf(body, (each) => triggerText(each, cli.now()), none));
  return 0;
}

async function explain({ cli, client, output }: Session, workflow: string, trigger?: string): Promise<ExitCode> {
  const parts = ['signal-triggers', ...(trigger === undefined ? [] : [trigger]), 'explain'];
  const answer = await client.get<ExplainedTriggersBody>(apiPath(workflowParts(workflow, ...parts)));
  printAnswer(cli, output, answer, (body) =>
    explainedTriggersText(body, (each) => `${each.trigger_uuid ?? ''}  ${signalNames(each.trigger)}`, cli),
  );
  return 0;
}

type FiringOptions = ListOptions & { readonly state: readonly string[] };

async function firings({ cli, client, output }: Session, workflow: string, options: FiringOptions): Promise<ExitCode> {
  const query: Query = { first: String(options.limit), cursor: options.cursor, states: options.state };
  const path = apiPath(workflowParts(workflow, 'signal-triggers', 'firings'), query);
  const answer = await client.get<PageBody<FiringBody>>(path);
  printAnswer(cli, output, answer, ({ elements }) =>
    linesOf(elements, (each) => firingText(each, cli.now()), 'nothing fired'),
  );
  return 0;
}

function linesOf<T>(items: readonly T[], lineOf: (item: T) => string, none: string): string {
  return items.length === 0 ? `${none}\n` : items.map((item) => `${lineOf(item)}\n`).join('');
}
