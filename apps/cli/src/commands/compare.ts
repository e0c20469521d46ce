import { Command } from 'commander';
import type { ComparedRunBody, ComparisonBody } from '../api/bodies.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { paintStatus } from '../print/status.js';
import { tableOf } from '../print/table.js';
import { durationText } from '../print/time.js';
import { parseRun } from '../reference.js';
import { inSession, type Session } from '../session.js';

/** compareCommand: `maestro compare <id>/<instance>[/<run>] <id>/<instance>[/<run>]`. */
export function compareCommand(cli: Cli): Command {
  return new Command('compare')
    .description('compare two runs: params, versions, what each step took, what their durations follow from')
    .argument('<left>', '<id>/<instance> or <id>/<instance>/<run>')
    .argument('<right>', '<id>/<instance> or <id>/<instance>/<run>')
    .action(inSession(cli, compare));
}

async function compare({ cli, client, output }: Session, left: string, right: string): Promise<ExitCode> {
  const answer = await client.get<ComparisonBody>(
    apiPath(['views', 'compare'], { left: checked(left), right: checked(right) }),
  );
  printAnswer(cli, output, answer, (body) => comparisonText(body, cli));
  return 0;
}

/** The name as the API takes it. @throws UsageError */
function checked(text: string): string {
  const [id = '', instance = '', ...rest] = text.split('/');
  const run = parseRun(`${id}/${instance}`, rest.length === 0 ? 'latest' : rest.join('/'));
  return `${run.workflowId}/${run.instance}/${run.run}`;
}

function comparisonText({ left, right, params, steps }: ComparisonBody, cli: Cli): string {
  const { colors } = cli;
  const sides = (first: string, ...cells: readonly string[]): string[] => [first, ...cells];
  const path = (run: ComparedRunBody): string => (run.critical_path ?? []).join(' → ');
  const rows = [
    sides('version', String(left.workflow_version_id), String(right.workflow_version_id)),
    sides('status', paintStatus(left.status, left.status, colors), paintStatus(right.status, right.status, colors)),
    sides('took', tookText(left.duration), tookText(right.duration)),
    sides('critical path', path(left), path(right)),
    ...params.map((each) => sides(`param ${each.name}`, each.left ?? '-', each.right ?? '-')),
    ...steps.map((step) => sides(`step ${step.step_id}`, sideText(step.left, cli), sideText(step.right, cli))),
  ];
  return tableOf(['', nameOf(left), nameOf(right)], rows, colors);
}

const nameOf = (run: ComparedRunBody): string =>
  `${run.workflow_id}/${run.workflow_instance_id}/${run.workflow_run_id}`;
const tookText = (duration: bigint | undefined): string =>
  duration === undefined ? '-' : durationText(Number(duration));

function sideText(side: ComparisonBody['steps'][number]['left'], { colors }: Cli): string {
  if (side === undefined) return '-';
  const took = side.duration === undefined ? '' : ` ${tookText(side.duration)}`;
  return `${paintStatus(side.status, side.status, colors)}${took}`;
}
