import { Command } from 'commander';
import type { InstanceBody, StepBody } from '../api/bodies.js';
import { getVersion } from '../api/definitions.js';
import { apiPath, runParts, stepParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { instanceText } from '../print/instance.js';
import { stepText } from '../print/step.js';
import { versionText } from '../print/version.js';
import { parseRun, parseStep, parseVersion, type RunReference, type StepReference } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { runOption } from './options.js';

interface GetOptions {
  readonly run: string;
  readonly attempt: string;
}

/** getCommand: `maestro get <id[@version]>`, `<id>/<instance>` or `<id>/<instance>/<step>`. */
export function getCommand(cli: Cli): Command {
  return new Command('get')
    .description('show a workflow, an instance or a step')
    .argument('<workflow>', '<id>, <id>@<version>, <id>/<instance> or <id>/<instance>/<step>')
    .addOption(runOption())
    .option('-a, --attempt <number>', 'attempt of the step', 'latest')
    .action(inSession(cli, get));
}

function get(session: Session, name: string, options: GetOptions): Promise<ExitCode> {
  switch (name.split('/').length) {
    case 1:
      return getDefinition(session, name);
    case 2:
      return getInstance(session, parseRun(name, options.run));
    default:
      return getStep(session, parseStep(name, options.run), options.attempt);
  }
}

async function getDefinition({ cli, client, output }: Session, name: string): Promise<ExitCode> {
  const { workflowId, version = 'default' } = parseVersion(name);
  printAnswer(cli, output, await getVersion(client, workflowId, version), (body) => versionText(body, cli));
  return 0;
}

async function getInstance({ cli, client, output }: Session, run: RunReference): Promise<ExitCode> {
  const answer = await client.get<InstanceBody>(apiPath(runParts(run)));
  const steps = output === 'table' ? (await client.get<readonly StepBody[]>(apiPath(runParts(run, 'steps')))).body : [];
  printAnswer(cli, output, answer, (body) => instanceText(body, steps, cli));
  return 0;
}

async function getStep({ cli, client, output }: Session, step: StepReference, attempt: string): Promise<ExitCode> {
  const answer = await client.get<StepBody>(apiPath(stepParts(step, 'attempts', attempt)));
  printAnswer(cli, output, answer, (body) => stepText(body, cli));
  return 0;
}
