import { Command } from 'commander';
import type { ActionBody } from '../api/bodies.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { inSession, type Session } from '../session.js';

/** deactivateCommand: `maestro deactivate <id>`. */
export function deactivateCommand(cli: Cli): Command {
  return new Command('deactivate')
    .description('leave a workflow without active version: triggers stop; what runs goes on')
    .argument('<workflow>', 'workflow id')
    .action(inSession(cli, deactivate));
}

async function deactivate({ cli, client, output }: Session, workflowId: string): Promise<ExitCode> {
  const path = apiPath(workflowParts(workflowId, 'actions', 'deactivate'));
  const text = (): string => `${workflowId} has no active version now; what runs goes on\n`;
  printAnswer(cli, output, await client.call<ActionBody>('PUT', path), text);
  return 0;
}
