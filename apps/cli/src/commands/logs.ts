import { Command } from 'commander';
import type { StepBody } from '../api/bodies.js';
import { apiPath, stepParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { checkedNumber, parseStep } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { runOption } from './options.js';

interface Options {
  readonly run: string;
  readonly attempt: string;
  readonly follow?: true;
}

/** logsCommand: `maestro logs <id>/<instance>/<step>`. */
export function logsCommand(cli: Cli): Command {
  return new Command('logs')
    .description('print the log of a step')
    .argument('<workflow>', '<id>/<instance>/<step>')
    .addOption(runOption())
    .option('-a, --attempt <number>', 'attempt of the step', 'latest')
    .option('-f, --follow', 'go on until the attempt has ended; Ctrl-C leaves')
    .action(inSession(cli, logs));
}

async function logs({ cli, client }: Session, name: string, options: Options): Promise<ExitCode> {
  const step = parseStep(name, options.run);
  const attempt = options.attempt === 'latest' ? options.attempt : checkedNumber(options.attempt, 'attempt');
  // Whether the step is there is told best by who knows the steps, and "latest" means the same for the whole log.
  const { body } = await client.get<StepBody>(apiPath(stepParts(step, 'attempts', attempt)));
  const exact = { ...step, run: String(body.workflow_run_id) };
  const query = options.follow === true ? { follow: 'true' } : {};
  const path = apiPath(stepParts(exact, 'attempts', String(body.step_attempt_id), 'log'), query);
  const left = new AbortController();
  const forget = cli.terminal.onInterrupt(() => left.abort());
  try {
    for await (const piece of client.stream(path, 'text/plain', left.signal)) cli.terminal.out(piece);
  } finally {
    forget();
  }
  return left.signal.aborted ? 130 : 0;
}
