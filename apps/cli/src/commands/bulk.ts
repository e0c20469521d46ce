import { Argument, Command } from 'commander';
import { parseJsonText } from '@maestro/dsl';
import { ApiError } from '../api/api-error.js';
import type { BulkBody } from '../api/bodies.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { inSession, type Session } from '../session.js';

const ACTIONS = ['stop', 'kill', 'pause', 'resume', 'skip', 'restart'] as const;
/** What is done to an act on many runs itself. */
const JOB_ACTIONS = ['status', 'cancel'] as const;

interface Options {
  readonly status?: readonly string[];
  readonly step?: string;
  readonly stepStatus?: readonly string[];
  readonly reason?: string;
}

/** bulkCommand: `maestro bulk <action> <workflow>`. */
export function bulkCommand(cli: Cli): Command {
  return new Command('bulk')
    .description(
      'act on many runs of a workflow; the server goes through them and tells how far it is, also when nobody looks on',
    )
    .addArgument(new Argument('<action>').choices([...ACTIONS, ...JOB_ACTIONS]))
    .argument('<workflow>', '<id>; with status and cancel the number of the job')
    .option('--status <status...>', 'only of latest runs in these statuses (else those that the action fits)')
    .option('--step <step>', 'with skip: what is skipped; with --step-status: whose status counts')
    .option('--step-status <status...>', 'only of runs whose step is in one of these statuses')
    .option('--reason <text>', 'kept in the timelines')
    .action(inSession(cli, bulk));
}

async function bulk(session: Session, action: string, workflowId: string, options: Options): Promise<ExitCode> {
  const jobAction = JOB_ACTIONS.find((each) => each === action);
  if (jobAction !== undefined) return ofJob(session, jobAction, workflowId);
  const { status, step, stepStatus, reason } = options;
  const path = apiPath(workflowParts(workflowId, 'instances', 'actions', action), {
    status,
    step,
    step_status: stepStatus,
    reason,
  });
  const last = await followed(session, path);
  if (session.output !== 'table') session.cli.terminal.out(`${last.text}\n`);
  else session.cli.terminal.out(`${progressText(last.body)}${last.body.finished ? '' : goesOn(last.body)}\n`);
  return last.body.finished && last.body.failed === 0n ? 0 : 1;
}

async function ofJob(
  { cli, client, output }: Session,
  action: (typeof JOB_ACTIONS)[number],
  job: string,
): Promise<ExitCode> {
  const path = apiPath(['bulk-jobs', job]);
  const answer = await client.call<BulkBody>(action === 'cancel' ? 'DELETE' : 'GET', path);
  printAnswer(cli, output, answer, (body) => `${progressText(body)}${stateText(body)}\n`);
  return 0;
}

function stateText({ finished, cancelled }: BulkBody): string {
  if (cancelled === true) return ' (called off)';
  return finished ? '' : ' so far';
}

function goesOn({ job_id: job }: BulkBody): string {
  return ` so far; it goes on: maestro bulk status ${String(job)}`;
}

interface Last {
  readonly body: BulkBody;
  readonly text: string;
}

/** Each line is shown over the one before, on a terminal. */
async function followed({ cli, client, output }: Session, path: string): Promise<Last> {
  let last: Last | undefined;
  let rest = '';
  for await (const piece of client.stream(path, 'application/x-ndjson', new AbortController().signal, {
    method: 'PUT',
  })) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      const body = parseJsonText(text) as unknown as BulkBody & { readonly code?: string; readonly message?: string };
      if (body.code !== undefined) throw new ApiError(500, body.code, body.message ?? '', [], [], text);
      last = { body, text };
      if (output === 'table') show(cli, body);
    }
  }
  return (
    last ?? {
      body: { job_id: 0n, total: 0n, done: 0n, passed_over: 0n, failed: 0n, failures: [], finished: false },
      text: '',
    }
  );
}

function show(cli: Cli, body: BulkBody): void {
  for (const { workflow_instance_id: instance, message } of body.failures)
    cli.terminal.err(`${instance}: ${message}\n`);
  if (!body.finished) cli.terminal.err(`${progressText(body)}\n`);
}

function progressText({ total, done, passed_over: passedOver, failed }: BulkBody): string {
  return `${done} of ${total} done, ${passedOver} passed over, ${failed} refused`;
}
