import { Command, Option } from 'commander';
import type { StepBody } from '../api/bodies.js';
import type { Client } from '../api/client.js';
import { apiPath, stepParts, type Query } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { checkedNumber, parseStep } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { followLog } from '../watch/follow-log.js';
import { runOption } from './options.js';

interface Options {
  readonly run: string;
  readonly attempt: string;
  readonly follow?: true;
  readonly tail?: string;
  readonly timestamps?: true;
  readonly stream?: string;
}

/** logsCommand: `maestro logs <id>/<instance>/<step>`. */
export function logsCommand(cli: Cli): Command {
  return new Command('logs')
    .description('print the log of a step')
    .argument('<workflow>', '<id>/<instance>/<step>')
    .addOption(runOption())
    .option('-a, --attempt <number>', 'attempt of the step', 'latest')
    .option('-f, --follow', 'go on until the attempt has ended; Ctrl-C leaves')
    .option('-n, --tail <lines>', 'only the last lines, and what follows')
    .option('-t, --timestamps', 'begin each line with its time')
    .addOption(new Option('--stream <name>', 'only what was written there').choices(['stdout', 'stderr', 'system']))
    .action(inSession(cli, logs));
}

async function logs({ cli, client }: Session, name: string, options: Options): Promise<ExitCode> {
  const step = parseStep(name, options.run);
  const attempt = options.attempt === 'latest' ? options.attempt : checkedNumber(options.attempt, 'attempt');
  // Whether the step is there is told best by who knows the steps, and "latest" means the same for the whole log.
  const { body } = await client.get<StepBody>(apiPath(stepParts(step, 'attempts', attempt)));
  const exact = { ...step, run: String(body.workflow_run_id) };
  const parts = stepParts(exact, 'attempts', String(body.step_attempt_id), 'log');
  const left = new AbortController();
  const forget = cli.terminal.onInterrupt(() => left.abort());
  try {
    await (options.follow === true
      ? follow(cli, client, apiPath([...parts, 'events'], queryOf(options)), left.signal)
      : print(cli, client, apiPath(parts, queryOf(options)), left.signal));
  } finally {
    forget();
  }
  return left.signal.aborted ? 130 : 0;
}

function queryOf({ tail, timestamps, stream }: Options): Query {
  return {
    tail: tail === undefined ? undefined : checkedNumber(tail, 'line'),
    timestamps: timestamps === undefined ? undefined : 'true',
    stream,
  };
}

async function print(cli: Cli, client: Client, path: string, signal: AbortSignal): Promise<void> {
  for await (const piece of client.stream(path, 'text/plain', signal)) await cli.terminal.write(piece);
}

async function follow(cli: Cli, client: Client, path: string, signal: AbortSignal): Promise<void> {
  const end = await followLog(cli, client, path, signal);
  if (end?.complete !== false) return;
  const how = end.status === undefined ? '' : `; the attempt ended ${end.status}`;
  cli.terminal.err(`The log breaks off here: its executor was lost${how}.\n`);
}
