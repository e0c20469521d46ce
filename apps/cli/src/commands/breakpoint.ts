import { Command, Option } from 'commander';
import type { BreakpointBody, PausedStepBody, TimelineBody } from '../api/bodies.js';
import { jsonContent } from '../api/client.js';
import { apiPath, type Query } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { checkedNumber } from '../reference.js';
import { inSession, type Session } from '../session.js';

const PATH = ['workflows', 'steps', 'breakpoints'];

interface Options {
  readonly at?: string;
  readonly instance?: string;
  readonly run?: string;
  readonly resume: boolean;
}

/** breakpointCommand: `maestro breakpoint set|list|paused|delete`. */
export function breakpointCommand(cli: Cli): Command {
  const command = new Command('breakpoint').description(
    'pause steps before they begin, in all runs of a workflow or in some',
  );
  const commands = [
    placed(cli, 'set', 'pause attempts of a step from now on', set),
    new Command('list')
      .description('list the breakpoints of a workflow')
      .argument('<workflow>')
      .action(inSession(cli, list)),
    new Command('paused')
      .description('list the attempts that are paused at breakpoints of a workflow')
      .argument('<workflow>')
      .action(inSession(cli, listPaused)),
    placed(cli, 'delete', 'delete a breakpoint and let go on what is paused there', remove).option(
      '--no-resume',
      'leave paused what is paused',
    ),
  ];
  for (const each of commands) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

type Act = (session: Session, name: string, options: Options) => Promise<ExitCode>;

function placed(cli: Cli, name: string, description: string, act: Act): Command {
  return new Command(name)
    .description(description)
    .argument('<step>', '<workflow>/<step>, of a step in loops also <workflow>/<loop>/<step>')
    .addOption(new Option('--at <version>', 'only in runs of this version'))
    .addOption(new Option('--instance <number>', 'only in this instance'))
    .addOption(new Option('--run <number>', 'only in this run of the instance'))
    .action(inSession(cli, act));
}

async function set({ cli, client, output }: Session, name: string, options: Options): Promise<ExitCode> {
  const { workflowId, stepId } = placeOf(name);
  const numbers = {
    ...(options.at === undefined ? {} : { workflow_version_id: BigInt(checkedNumber(options.at, 'version')) }),
    ...(options.instance === undefined
      ? {}
      : { workflow_instance_id: BigInt(checkedNumber(options.instance, 'instance')) }),
    ...(options.run === undefined ? {} : { workflow_run_id: BigInt(checkedNumber(options.run, 'run')) }),
  };
  const content = jsonContent({ workflow_id: workflowId, step_id: stepId, ...numbers });
  const answer = await client.call<BreakpointBody>('POST', apiPath(PATH), content);
  printAnswer(cli, output, answer, (body) => `breakpoint set: ${breakpointText(body)}\n`);
  return 0;
}

async function list({ cli, client, output }: Session, workflowId: string): Promise<ExitCode> {
  const answer = await client.get<readonly BreakpointBody[]>(apiPath(PATH, { workflowId }));
  printAnswer(cli, output, answer, (body) =>
    lines(body.map((each) => `${breakpointText(each)} by ${each.created_by ?? ''}`)),
  );
  return 0;
}

async function listPaused({ cli, client, output }: Session, workflowId: string): Promise<ExitCode> {
  const answer = await client.get<readonly PausedStepBody[]>(
    apiPath([...PATH, 'paused-step-attempts'], { workflowId }),
  );
  printAnswer(cli, output, answer, (body) => lines(body.map(pausedText)));
  return 0;
}

async function remove({ cli, client, output }: Session, name: string, options: Options): Promise<ExitCode> {
  const { workflowId, stepId } = placeOf(name);
  const { at: version, instance, run, resume } = options;
  const query: Query = { workflowId, stepId, version, instance, run, ...(resume ? {} : { resume: 'false' }) };
  const answer = await client.call<{ timeline_event: TimelineBody }>('DELETE', apiPath(PATH, query));
  printAnswer(cli, output, answer, ({ timeline_event: { message } }) => `${message ?? 'deleted'}\n`);
  return 0;
}

function placeOf(name: string): { readonly workflowId: string; readonly stepId: string } {
  const [workflowId = '', ...path] = name.split('/');
  if (workflowId !== '' && path.length > 0 && !path.includes('')) return { workflowId, stepId: path.join('/') };
  throw new UsageError(`"${name}" does not name a step: write <workflow>/<step>, such as hello/greet`);
}

function breakpointText(body: BreakpointBody): string {
  const { workflow_version_id: version, workflow_instance_id: instance, workflow_run_id: run } = body;
  const parts = [
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(instance === undefined ? [] : [`instance ${instance}`]),
    ...(run === undefined ? [] : [`run ${run}`]),
  ];
  return `${body.workflow_id}/${body.step_id}, ${parts.length === 0 ? 'all runs' : parts.join(', ')}`;
}

function pausedText({
  workflow_id: id,
  workflow_instance_id: instance,
  step_id: step,
  ...rest
}: PausedStepBody): string {
  return `${id}/${instance}/${step} run ${rest.workflow_run_id} attempt ${rest.step_attempt_id}`;
}

function lines(all: readonly string[]): string {
  return all.length === 0 ? 'none\n' : all.map((each) => `${each}\n`).join('');
}
