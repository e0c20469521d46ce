import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@maestro/domain';
import { Command } from 'commander';
import type { StartBody } from '../api/bodies.js';
import { jsonContent, type Answer } from '../api/client.js';
import { ConnectionError } from '../api/connection-error.js';
import { getVersion } from '../api/definitions.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, Colors, ExitCode } from '../cli.js';
import { hasParams, runParamsOf, typesIn, type ParamOptions } from '../params/run-params.js';
import { printAnswer } from '../print/output.js';
import { parseVersion } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { watchRun } from '../watch/watch-run.js';
import { collect } from './options.js';

interface StartOptions extends ParamOptions {
  readonly requestId?: string;
  readonly tag: readonly string[];
  readonly watch?: true;
}

type StartRequestBody = JsonObject & { readonly request_id: string };

/** startCommand: `maestro start <workflow>`. */
export function startCommand(cli: Cli): Command {
  return new Command('start')
    .description('start a workflow')
    .argument('<workflow>', 'workflow id, or <id>@<version>: a number, active (default), latest or default')
    .option('-p, --param <name=value>', 'param of the run, also <name><type>=<value>; may be repeated', collect, [])
    .option('--param-file <file>', 'params of the run in JSON or YAML')
    .option('-t, --tag <tag>', 'tag of the run; may be repeated', collect, [])
    .option('--request-id <uuid>', 'the same id never starts a second instance')
    .option('-w, --watch', 'show the run until it ends; ends with 1 when it does not succeed')
    .action(inSession(cli, start));
}

async function start(session: Session, workflow: string, options: StartOptions): Promise<ExitCode> {
  const { cli, client, output } = session;
  const { workflowId, version = 'active' } = parseVersion(workflow);
  const body = await startBody(session, workflowId, version, options);
  const answer = await send(session, workflowId, version, body);
  const { workflow_instance_id: instance, workflow_run_id: run } = answer.body;
  const watched = options.watch === true;
  if (!watched || output === 'table') {
    printAnswer(cli, output, answer, (started) => startedText(started, watched, cli.colors));
  }
  return watched ? watchRun(cli, client, { workflowId, instance: String(instance), run: String(run) }, output) : 0;
}

async function startBody(
  { client }: Session,
  workflowId: string,
  version: string,
  options: StartOptions,
): Promise<StartRequestBody> {
  const typeOf = hasParams(options) ? typesIn((await getVersion(client, workflowId, version)).body) : () => undefined;
  return {
    initiator: { type: 'manual' },
    request_id: options.requestId ?? randomUUID(),
    ...(options.tag.length > 0 && { runtime_tags: options.tag }),
    ...(hasParams(options) && { run_params: runParamsOf(options, typeOf) }),
  };
}

async function send(
  { cli, client }: Session,
  workflowId: string,
  version: string,
  body: StartRequestBody,
): Promise<Answer<StartBody>> {
  try {
    const path = apiPath(workflowParts(workflowId, 'versions', version, 'actions', 'start'));
    return await client.call<StartBody>('POST', path, jsonContent(body));
  } catch (error) {
    // Whether it was started is not known then; with the same id it can be asked for again.
    if (error instanceof ConnectionError && error.reason !== 'ECONNREFUSED') {
      cli.terminal.err(`To try again without starting twice, add --request-id ${body.request_id}\n`);
    }
    throw error;
  }
}

function startedText(started: StartBody, watched: boolean, colors: Colors): string {
  const name = `${started.workflow_id}/${started.workflow_instance_id}`;
  const next = watched ? '' : `next: maestro watch ${name}\n`;
  return `${colors.bold(name)} ${whatHappened(started)}\n${next}`;
}

function whatHappened({ status, workflow_version_id: version, request_differs: differs }: StartBody): string {
  switch (status) {
    case 'CREATED':
      return `started (version ${version})`;
    case 'DUPLICATED':
      return `was started before with this request id${differs === true ? ', but with other params or version' : ''}`;
    case 'STOPPED':
      return 'was created and stopped at once: the run strategy allows no further instance now';
    case 'INTERNAL_ERROR':
      return 'could not be started';
  }
}
