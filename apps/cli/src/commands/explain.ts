import { Command } from 'commander';
import type { ExplainBody } from '../api/bodies.js';
import { apiPath, runParts, stepParts } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { explanationText } from '../print/explanation.js';
import { printAnswer } from '../print/output.js';
import { paintStatus } from '../print/status.js';
import { parseRun, parseStep } from '../reference.js';
import { inSession, type Session } from '../session.js';
import { runOption } from './options.js';

/** explainCommand: `maestro explain <id>/<instance>[/<step>]`. */
export function explainCommand(cli: Cli): Command {
  return new Command('explain')
    .description('say what a run or step waits for, since when, and what would move it')
    .argument('<workflow>', '<id>/<instance> or <id>/<instance>/<step>')
    .addOption(runOption())
    .action(inSession(cli, explain));
}

async function explain({ cli, client, output }: Session, name: string, options: { run: string }): Promise<ExitCode> {
  const isRun = name.split('/').length < 3;
  const parts = isRun ? runParts(parseRun(name, options.run)) : stepParts(parseStep(name, options.run));
  const answer = await client.get<ExplainBody>(apiPath([...parts, 'explain']));
  printAnswer(cli, output, answer, (body) => explainText(name, body, cli));
  return 0;
}

function explainText(name: string, { status, explanations }: ExplainBody, { colors, now }: Cli): string {
  const head = `${colors.bold(name)} ${paintStatus(status, status, colors)}\n`;
  if (explanations.length === 0) return `${head}  waits for nothing\n`;
  return head + explanations.map((each) => explanationText(each, colors, now())).join('');
}
