import { STEP_STATUSES, type Json, type StepStatus } from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';
import { Command, Option } from 'commander';
import type { IterationBody, IterationSummaryBody, PageBody } from '../api/bodies.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { printAnswer } from '../print/output.js';
import { paintStatus } from '../print/status.js';
import { fieldsOf, tableOf } from '../print/table.js';
import { spanText } from '../print/time.js';
import { parseRun, parseStep } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { collect, cursorOption, limitOption, runOption, type ListOptions } from './options.js';

interface Options extends ListOptions {
  readonly run: string;
  readonly status: readonly string[];
  readonly where: readonly string[];
  readonly summary?: true;
}

/** iterationsCommand: `maestro iterations <id>/<instance> <step>`. */
export function iterationsCommand(cli: Cli): Command {
  return new Command('iterations')
    .description('list the iterations of a loop, or of a step in any loops, the first ones first')
    .argument('<workflow>', '<id>/<instance>')
    .argument('<step>', 'id of the loop, or of a step that lies in it')
    .addOption(runOption())
    .addOption(
      new Option('-s, --status <status>', 'only in this status; may be repeated').argParser(addStatus).default([]),
    )
    .addOption(
      new Option('-w, --where <param=value>', 'only where a loop param has this value; may be repeated')
        .argParser(collect)
        .default([]),
    )
    .option('--summary', 'how they fare as a whole: counts by status, the one to look at, values')
    .addOption(limitOption())
    .addOption(cursorOption())
    .action(inSession(cli, iterations));
}

function addStatus(text: string, before: readonly string[]): readonly string[] {
  const status = STEP_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return collect(status, before);
  throw new UsageError(`--status "${text}": write one of ${STEP_STATUSES.join(', ')}`);
}

function iterations(session: Session, name: string, stepId: string, options: Options): Promise<ExitCode> {
  const { workflowId, instance } = parseRun(name);
  const { run } = parseStep(`${workflowId}/${instance}/${stepId}`, options.run);
  const parts = ['views', 'flatten', 'workflows', workflowId, 'instances', instance, 'runs', run, 'steps', stepId];
  return options.summary === true ? summary(session, parts) : list(session, parts, options);
}

/** A page looks at a bounded number of iterations; the list goes on until it has what was asked for. */
async function list({ cli, client, output }: Session, parts: readonly string[], options: Options): Promise<ExitCode> {
  const query = {
    first: String(options.limit),
    statuses: options.status.join(',') || undefined,
    loopParams: whereText(options.where),
  };
  const get = (cursor?: string) => client.get<PageBody<IterationBody>>(apiPath(parts, { ...query, cursor }));
  let answer = await get(options.cursor);
  for (let { page_info: page } = answer.body; answer.body.elements.length === 0 && page.has_next_page === true;) {
    answer = await get(String(page.end_cursor));
    page = answer.body.page_info;
  }
  printAnswer(cli, output, answer, (page) => listText(page, cli));
  return 0;
}

/** The values of each param as base64 of JSON; whole numbers stay whole, text stays text. */
function whereText(where: readonly string[]): string | undefined {
  if (where.length === 0) return undefined;
  const values: Record<string, Json[]> = {};
  for (const text of where) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`--where "${text}": write <param>=<value>, such as n=3`);
    (values[text.slice(0, at)] ??= []).push(text.slice(at + 1));
  }
  return Buffer.from(stringifyJson(values)).toString('base64');
}

function listText({ elements, page_info: page }: PageBody<IterationBody>, { colors, now }: Cli): string {
  if (elements.length === 0) return 'No iterations match.\n';
  const rows = elements.map((each) => {
    const { status, create_time: created, start_time: start, end_time: end } = each.step_runtime_state;
    const { workflow_id: id, workflow_instance_id: instance } = each.leaf_step_instance_ref;
    return [
      placeText(each),
      paintStatus(status, status, colors),
      spanText(start ?? created, end, now()),
      valuesText(each),
      `${id}/${instance}`,
    ];
  });
  const more =
    page.has_next_page === true && page.end_cursor !== undefined ? `more with --cursor ${page.end_cursor}\n` : '';
  return tableOf(['ITERATION', 'STATUS', 'TOOK', 'PARAMS', 'INSTANCE'], rows, colors) + more;
}

/** The numbers of a rank without their lengths: `2.344` is 344 within 2. */
function placeText({ iteration_rank: rank }: IterationBody): string {
  return rank
    .split('-')
    .map((number) => number.replace(/^9*[0-8]/, ''))
    .join('.');
}

function valuesText({ loop_params: params = {} }: IterationBody): string {
  const shown = Object.entries(params).filter(([name]) => name !== 'loop_index');
  return shown
    .map(
      ([name, { evaluated_result: value }]) =>
        `${name}=${typeof value === 'string' ? value : stringifyJson(value ?? null)}`,
    )
    .join(' ');
}

async function summary({ cli, client, output }: Session, parts: readonly string[]): Promise<ExitCode> {
  const answer = await client.get<IterationSummaryBody>(apiPath([...parts, 'summary']));
  printAnswer(cli, output, answer, (body) => summaryText(body, cli));
  return 0;
}

function summaryText(
  { count_by_status: counts = {}, representative_iteration: shown, loop_param_values: values }: IterationSummaryBody,
  { colors }: Cli,
): string {
  const lines = Object.entries(counts).map(([status, count]) => [
    paintStatus(status as StepStatus, status, colors),
    String(count),
  ]);
  const fields = Object.entries(values).map(([name, each]): [string, string] => [name, each.join(', ')]);
  const look =
    shown === undefined
      ? {}
      : {
          'look at': `${placeText(shown)} (${shown.leaf_step_instance_ref.workflow_id}/${shown.leaf_step_instance_ref.workflow_instance_id})`,
        };
  return (
    tableOf(['STATUS', 'ITERATIONS'], lines, colors) + fieldsOf({ ...look, ...Object.fromEntries(fields) }, colors)
  );
}
