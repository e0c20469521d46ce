import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@maestro/domain';
import { Command, Option } from 'commander';
import type { StartBody } from '../api/bodies.js';
import { jsonContent } from '../api/client.js';
import { getVersion } from '../api/definitions.js';
import { apiPath, instanceParts } from '../api/path.js';
import type { Cli, Colors, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { hasParams, runParamsOf, typesIn, type ParamOptions } from '../params/run-params.js';
import { printAnswer } from '../print/output.js';
import { parseRun } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { watchRun } from '../watch/watch-run.js';
import { collect } from './options.js';

interface RestartOptions extends ParamOptions {
  readonly from: 'incomplete' | 'beginning';
  readonly skip: readonly string[];
  readonly toVersion?: string;
  readonly inlineRoot?: true;
  readonly requestId?: string;
  readonly watch?: true;
}

/** RestartBody is the answer to a restart; of a step it says which. */
interface RestartBody extends StartBody {
  readonly step_id?: string;
  /** The attempt that runs the step again within the run. */
  readonly step_attempt_id?: bigint;
}

/** Target is what restarts: an instance, or a step of one. */
interface Target {
  readonly workflowId: string;
  readonly instance: string;
  readonly run: string;
  readonly stepId: string | undefined;
}

/** restartCommand: `maestro restart <id>/<instance>[/<step>]`. */
export function restartCommand(cli: Cli): Command {
  return new Command('restart')
    .description('run an instance again, or one of its steps and what follows it')
    .argument('<instance>', '<id>/<instance>, or <id>/<instance>/<step>')
    .addOption(
      new Option('--from <what>', 'what runs again: what is incomplete, or everything')
        .choices(['incomplete', 'beginning'])
        .default('incomplete'),
    )
    .option('-p, --param <name=value>', 'param of the run (of the step, if one is named); may be repeated', collect, [])
    .option('--param-file <file>', 'the same, in JSON or YAML')
    .option('--skip <step>', 'this step is SKIPPED when its turn comes; may be repeated', collect, [])
    .option('--to-version <version>', 'version to go on with: a number, active, latest or default (default: as before)')
    .option('--inline-root', 'of a step in a loop: the whole instance around the loop restarts')
    .option('--request-id <uuid>', 'the same id never restarts twice')
    .option('-w, --watch', 'show the run until it ends; ends with 1 when it does not succeed')
    .action(inSession(cli, restart));
}

async function restart(session: Session, name: string, options: RestartOptions): Promise<ExitCode> {
  const { cli, client, output } = session;
  const target = targetOf(name, options);
  const body = await bodyOf(session, target, options);
  const steps = target.stepId === undefined ? [] : ['steps', target.stepId];
  const path = apiPath([...instanceParts(target), ...steps, 'actions', 'restart']);
  const answer = await client.call<RestartBody>('POST', path, jsonContent(body));
  const { workflow_id: workflowId, workflow_instance_id: instance, workflow_run_id: run } = answer.body;
  const watched = options.watch === true;
  if (!watched || output === 'table')
    printAnswer(cli, output, answer, (restarted) => restartedText(restarted, watched, cli.colors));
  return watched ? watchRun(cli, client, { workflowId, instance: String(instance), run: String(run) }, output) : 0;
}

function targetOf(name: string, { skip }: RestartOptions): Target {
  const [workflowId = '', instance = '', stepId, ...rest] = name.split('/');
  if (rest.length > 0) throw new UsageError(`"${name}": write <id>/<instance> or <id>/<instance>/<step>`);
  if (stepId !== undefined && skip.length > 0)
    throw new UsageError('--skip goes with the restart of an instance, not of a step');
  return { ...parseRun(`${workflowId}/${instance}`), stepId };
}

async function bodyOf({ client }: Session, target: Target, options: RestartOptions): Promise<JsonObject> {
  const typed = hasParams(options) && target.stepId === undefined;
  const typeOf = typed ? typesIn((await getVersion(client, target.workflowId, 'latest')).body) : () => undefined;
  const params = hasParams(options) ? runParamsOf(options, typeOf) : undefined;
  return {
    request_id: options.requestId ?? randomUUID(),
    restart_policy: options.from === 'beginning' ? 'RESTART_FROM_BEGINNING' : 'RESTART_FROM_INCOMPLETE',
    ...(params && { [target.stepId === undefined ? 'run_params' : 'step_run_params']: params }),
    ...(options.skip.length > 0 && { skip_steps: options.skip }),
    ...(options.toVersion !== undefined && { version: options.toVersion }),
    ...(options.inlineRoot === true && { upstream_restart_mode: 'RESTART_FROM_INLINE_ROOT' }),
  };
}

function restartedText(body: RestartBody, watched: boolean, colors: Colors): string {
  const name = `${body.workflow_id}/${body.workflow_instance_id}`;
  const next = watched ? '' : `next: maestro watch ${name}\n`;
  return `${colors.bold(name)} ${whatHappened(body)}\n${next}`;
}

function whatHappened({ status, workflow_run_id: run, step_id: step, step_attempt_id: attempt }: RestartBody): string {
  if (attempt !== undefined) return `runs step ${step ?? ''} again within run ${run}: attempt ${attempt}`;
  switch (status) {
    case 'DUPLICATED':
      return `was restarted before with this request id: run ${run}`;
    case 'STOPPED':
      return `got run ${run}, which was stopped at once: the run strategy allows no further run now`;
    default:
      return `restarted: run ${run}`;
  }
}
