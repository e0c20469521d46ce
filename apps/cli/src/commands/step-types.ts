import { Command } from 'commander';
import type { StepTypeBody } from '../api/bodies.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { inSession, type Session } from '../session.js';

/** stepTypesCommand: `maestro step-types [name]`. */
export function stepTypesCommand(cli: Cli): Command {
  return new Command('step-types')
    .description('list the step types that remote workers run, or show one with its params')
    .argument('[name]', 'name of a type: shows its versions, newest first')
    .action(inSession(cli, stepTypes));
}

async function stepTypes({ cli, client, output }: Session, name: string | undefined): Promise<ExitCode> {
  const path = apiPath(name === undefined ? ['step-types'] : ['step-types', name]);
  const answer = await client.get<readonly StepTypeBody[]>(path);
  printAnswer(cli, output, answer, (body) =>
    name === undefined ? listText(cli, body) : body.map(typeText).join('\n'),
  );
  return 0;
}

function listText(cli: Cli, types: readonly StepTypeBody[]): string {
  const rows = types.map(({ name, version, last_seen: seen, doc }) => [name, version, instant(seen), firstLine(doc)]);
  return tableOf(['TYPE', 'VERSION', 'LAST SEEN', 'DOES'], rows, cli.colors);
}

function typeText({ name, version, doc = '', params = {}, outputs = [], last_seen: seen }: StepTypeBody): string {
  const lines = Object.entries(params).map(([param, definition]) => `  ${param}: ${JSON.stringify(definition)}\n`);
  const writes = outputs.length === 0 ? '' : `writes ${outputs.join(', ')}\n`;
  return `${name}@${version}, last seen ${instant(seen)}\n${doc === '' ? '' : `${doc}\n`}${lines.join('')}${writes}`;
}

const instant = (millis: number): string => new Date(millis).toISOString();
const firstLine = (text = ''): string => text.split('\n')[0] ?? '';
