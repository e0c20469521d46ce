import { parsePushRequest } from '@maestro/dsl';
import { Command } from 'commander';
import { validateDefinition } from '../api/definitions.js';
import type { Cli, ExitCode } from '../cli.js';
import { readDefinitionFiles, reportProblems, reportRefusal, type DefinitionFile } from '../definition-file.js';
import { printAnswer } from '../print/output.js';
import { inSession, type Session } from '../session.js';

/** validateCommand: `maestro validate <files...>`. */
export function validateCommand(cli: Cli): Command {
  return new Command('validate')
    .description('check definitions as a push would; nothing is stored')
    .argument('<files...>', 'definitions in JSON, the YAML DSL or plain-model YAML; "-" reads the standard input')
    .option('--local', 'check without a server, by the rules that this command knows')
    .action(inSession(cli, validate));
}

async function validate(session: Session, names: readonly string[], options: { local?: true }): Promise<ExitCode> {
  const check = options.local === true ? checkHere : checkThere;
  let code: ExitCode = 0;
  for (const file of await readDefinitionFiles(session.cli, names)) {
    if (!(await check(session, file))) code = 1;
  }
  return code;
}

async function checkThere({ cli, client, output }: Session, file: DefinitionFile): Promise<boolean> {
  try {
    printAnswer(cli, output, await validateDefinition(client, file), () => validText(file));
    return true;
  } catch (error) {
    if (!reportProblems(cli, file, error)) throw error;
    return false;
  }
}

function checkHere({ cli }: Session, file: DefinitionFile): Promise<boolean> {
  try {
    parsePushRequest(file.text, file.format, { content: 'all' });
    cli.terminal.out(validText(file));
    return Promise.resolve(true);
  } catch (error) {
    if (!reportRefusal(cli, file, error)) throw error;
    return Promise.resolve(false);
  }
}

function validText({ name }: DefinitionFile): string {
  return `${name} is valid\n`;
}
