import { Command } from 'commander';
import type { PageBody, VersionBody } from '../api/bodies.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { userName } from '../print/names.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { agoText } from '../print/time.js';
import { inSession, type Session } from '../session.js';
import { cursorOption, limitOption, type ListOptions } from './options.js';

/** versionsCommand: `maestro versions <id>`. */
export function versionsCommand(cli: Cli): Command {
  return new Command('versions')
    .description('list the versions of a workflow, newest first')
    .argument('<workflow>', 'workflow id')
    .addOption(limitOption())
    .addOption(cursorOption())
    .action(inSession(cli, versions));
}

async function versions({ cli, client, output }: Session, workflowId: string, options: ListOptions): Promise<ExitCode> {
  const query = { first: String(options.limit), cursor: options.cursor };
  const path = apiPath(workflowParts(workflowId, 'versions', 'pagination'), query);
  printAnswer(cli, output, await client.get<PageBody<VersionBody>>(path), (page) => versionTable(page.elements, cli));
  return 0;
}

function versionTable(list: readonly VersionBody[], { colors, now }: Cli): string {
  const rows = list.map(({ metadata, is_active: active, is_latest: latest, is_default: byDefault }) => [
    String(metadata.workflow_version_id),
    [active === true && 'active', latest === true && 'latest', byDefault === true && 'default']
      .filter(Boolean)
      .join(', '),
    agoText(metadata.create_time, now()),
    userName(metadata.version_author),
  ]);
  return tableOf(['VERSION', 'SELECTED BY', 'PUSHED', 'AUTHOR'], rows, colors);
}
