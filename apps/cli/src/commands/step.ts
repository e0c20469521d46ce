import { Command } from 'commander';
import type { StepActionBody } from '../api/bodies.js';
import { apiPath, instanceParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { parseStep } from '../reference.js';
import { inSession, type Session } from '../session.js';

/** What may be done to a step, and what that means. */
const ACTS = {
  stop: 'stop a step; it ends STOPPED, and nothing follows it',
  kill: 'kill a step; it ends FATALLY_FAILED whatever its failure mode',
  skip: 'skip a step that waits, runs or has failed; its successors proceed',
  resume: 'let a step go on that is paused at a breakpoint',
  bypass: 'let a step no longer wait for the signals that it depends on',
} as const;
type Act = keyof typeof ACTS;

interface Options {
  readonly reason?: string;
  readonly wait: boolean;
}

/** stepCommand: `maestro step stop|kill|skip|resume|bypass <id>/<instance>/<step>`. */
export function stepCommand(cli: Cli): Command {
  const command = new Command('step').description('act on one step of a run');
  for (const act of Object.keys(ACTS) as Act[]) command.addCommand(actCommand(cli, act).copyInheritedSettings(command));
  return command;
}

function actCommand(cli: Cli, act: Act): Command {
  return new Command(act)
    .description(ACTS[act])
    .argument('<step>', '<id>/<instance>/<step>')
    .option('--reason <text>', 'kept in the timeline of the step')
    .option('--no-wait', 'do not wait until it has been done')
    .action(inSession(cli, (session, name: string, options: Options) => perform(session, act, name, options)));
}

async function perform(session: Session, act: Act, name: string, { reason, wait }: Options): Promise<ExitCode> {
  const { cli, client, output } = session;
  const step = parseStep(name);
  const query = { reason, ...(wait ? {} : { blocking: 'false' }) };
  const path = apiPath(instanceParts(step, 'steps', step.stepId, 'actions', act), query);
  printAnswer(cli, output, await client.call<StepActionBody>('PUT', path), (body) => stepActionText(body));
  return 0;
}

/** stepActionText says what has become of a step that was acted on. */
export function stepActionText(body: StepActionBody): string {
  const name = `${body.workflow_id}/${body.workflow_instance_id}/${body.step_id}`;
  return `${name} ${body.step_runtime_state?.status ?? ''}\n${body.completed ? '' : `  ${body.info}\n`}`;
}
