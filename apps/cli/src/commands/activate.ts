import { Command } from 'commander';
import type { ActionBody } from '../api/bodies.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { parseVersion } from '../reference.js';
import { inSession, type Session } from '../session.js';

/** activateCommand: `maestro activate <id[@version]>`. */
export function activateCommand(cli: Cli): Command {
  return new Command('activate')
    .description('make a version the active one: the one that triggers and plain starts use')
    .argument('<workflow>', 'workflow id (its latest version), or <id>@<version>')
    .action(inSession(cli, activate));
}

async function activate({ cli, client, output }: Session, workflow: string): Promise<ExitCode> {
  const { workflowId, version = 'latest' } = parseVersion(workflow);
  const path = apiPath(workflowParts(workflowId, 'versions', version, 'actions', 'activate'));
  const text = (body: ActionBody): string => `${workflowId} version ${body.workflow_version_id} is active\n`;
  printAnswer(cli, output, await client.call<ActionBody>('PUT', path), text);
  return 0;
}
