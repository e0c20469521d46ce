import { WORKFLOW_INSTANCE_STATUSES } from '@maestro/domain';
import { Command, Option } from 'commander';
import type { InstanceBody, PageBody, WorkflowSummaryBody } from '../api/bodies.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { UsageError } from '../errors.js';
import { strategyText, userName } from '../print/names.js';
import { printAnswer } from '../print/output.js';
import { paintStatus } from '../print/status.js';
import { tableOf } from '../print/table.js';
import { agoText, spanText } from '../print/time.js';
import { inSession, type Session } from '../session.js';
import { collect, cursorOption, limitOption, type ListOptions } from './options.js';

interface Options extends ListOptions {
  readonly instances?: true;
  readonly status: readonly string[];
}

/** listCommand: `maestro list [text]`, `maestro list <id> --instances`. */
export function listCommand(cli: Cli): Command {
  return new Command('list')
    .description('list workflows, or with --instances what ran, newest first')
    .argument('[workflow]', 'part of a workflow id, name or description; with --instances a workflow id, else all')
    .option('-i, --instances', 'list instances')
    .addOption(
      new Option('-s, --status <status>', 'only instances in this status; may be repeated')
        .argParser(addStatus)
        .default([]),
    )
    .addOption(limitOption())
    .addOption(cursorOption())
    .action(inSession(cli, list));
}

function addStatus(text: string, before: readonly string[]): readonly string[] {
  const status = WORKFLOW_INSTANCE_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return collect(status, before);
  throw new UsageError(`--status "${text}": write one of ${WORKFLOW_INSTANCE_STATUSES.join(', ')}`);
}

function list(session: Session, text: string | undefined, options: Options): Promise<ExitCode> {
  if (options.instances !== true && options.status.length === 0) return listWorkflows(session, text, options);
  return listInstances(session, text, options);
}

async function listWorkflows({ cli, client, output, tenant }: Session, text: string | undefined, options: Options) {
  const query = { text, tenant, first: String(options.limit), cursor: options.cursor };
  const answer = await client.get<PageBody<WorkflowSummaryBody>>(apiPath(['workflows'], query));
  printAnswer(cli, output, answer, (page) => {
    if (page.elements.length > 0) return workflowTable(page.elements, cli) + moreText(page);
    const whose = ofTenant(tenant);
    if (text !== undefined) return `No workflow${whose} has "${text}".\n`;
    return `No workflows${whose} yet: maestro push <file> creates one.\n`;
  });
  return 0 as const;
}

async function listInstances(
  { cli, client, output, tenant }: Session,
  workflowId: string | undefined,
  options: Options,
) {
  const query = { tenant, first: String(options.limit), cursor: options.cursor, status: options.status };
  const parts = workflowId === undefined ? ['instances'] : workflowParts(workflowId, 'instances');
  const answer = await client.get<PageBody<InstanceBody>>(apiPath(parts, query));
  printAnswer(cli, output, answer, (page) => {
    if (page.elements.length > 0) return instanceTable(page.elements, cli) + moreText(page);
    const which = options.status.length > 0 ? ` in status ${options.status.join(' or ')}` : '';
    return `No instances${which}${ofTenant(tenant)} yet: maestro start ${workflowId ?? '<id>'} starts one.\n`;
  });
  return 0 as const;
}

function ofTenant(tenant: string | undefined): string {
  return tenant === undefined ? '' : ` of tenant ${tenant}`;
}

function workflowTable(workflows: readonly WorkflowSummaryBody[], { colors, now }: Cli): string {
  const rows = workflows.map((each) => [
    each.workflow_id,
    each.active_version_id === undefined ? '-' : String(each.active_version_id),
    String(each.latest_version_id),
    strategyText(each.run_strategy),
    userName(each.owner),
    agoText(each.modify_time, now()),
  ]);
  return tableOf(['WORKFLOW', 'ACTIVE', 'LATEST', 'RUN STRATEGY', 'OWNER', 'CHANGED'], rows, colors);
}

function instanceTable(instances: readonly InstanceBody[], { colors, now }: Cli): string {
  const rows = instances.map((each) => [
    `${each.workflow_id}/${each.workflow_instance_id}`,
    String(each.workflow_run_id),
    String(each.workflow_version_id),
    paintStatus(each.status, each.status, colors),
    agoText(each.start_time ?? each.create_time, now()),
    spanText(each.start_time, each.end_time, now()),
    [each.initiator?.type.toLowerCase(), userName(each.initiator?.user)].filter(Boolean).join(' by '),
  ]);
  return tableOf(['INSTANCE', 'RUN', 'VERSION', 'STATUS', 'STARTED', 'TOOK', 'STARTED BY'], rows, colors);
}

function moreText({ elements, total_count: total, page_info: page }: PageBody<unknown>): string {
  if (page.has_next_page !== true || page.end_cursor === undefined) return '';
  return `${elements.length} of ${total}; more with --limit <count>, or --cursor ${page.end_cursor}\n`;
}
