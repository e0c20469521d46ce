import { MaestroError } from '@maestro/domain';
import { parsePushRequest } from '@maestro/dsl';
import { Command } from 'commander';
import { getVersion } from '../api/definitions.js';
import type { Cli, ExitCode } from '../cli.js';
import { readDefinitionFiles, type DefinitionFile } from '../definition-file.js';
import { canonicalYaml, pushedOnto, storedRequest } from '../diff/canonical.js';
import { compareTexts } from '../diff/unified.js';
import { UsageError } from '../errors.js';
import { problemText } from '../print/source-problem.js';
import { checkedVersion } from '../reference.js';
import { inSession, type Session } from '../session.js';

/** diffCommand: `maestro diff <file> [@version]`. */
export function diffCommand(cli: Cli): Command {
  return new Command('diff')
    .description('show what a push of the file would change; ends with 0 when nothing, 1 when something')
    .argument('<file>', 'definition in JSON, the YAML DSL or plain-model YAML; "-" reads the standard input')
    .argument('[version]', 'version to compare with: @latest, @active, @default or @<number>', '@latest')
    .action(inSession(cli, diff));
}

async function diff({ cli, client }: Session, name: string, version: string): Promise<ExitCode> {
  const selector = checkedVersion(version);
  const [file] = await readDefinitionFiles(cli, [name]);
  if (file === undefined) throw new UsageError('name a file');
  const request = parsed(cli, file);
  if (request === undefined) return 1;
  const { body } = await getVersion(client, request.workflow.id, selector);
  const stored = storedRequest(body);
  const { text, added, removed } = compareTexts(
    canonicalYaml(stored),
    canonicalYaml(pushedOnto(stored, request)),
    cli.colors,
  );
  const label = `${request.workflow.id} version ${body.metadata.workflow_version_id}`;
  if (text === '') {
    cli.terminal.out(`${file.name} is the same as ${label}\n`);
    return 0;
  }
  cli.terminal.out(`${cli.colors.bold(`--- ${label}\n+++ ${file.name}`)}\n${text}${added} added, ${removed} removed\n`);
  return 1;
}

function parsed({ terminal, colors }: Cli, file: DefinitionFile) {
  try {
    return parsePushRequest(file.text, file.format);
  } catch (error) {
    if (!(error instanceof MaestroError) || error.violations.length === 0) throw error;
    for (const violation of error.violations) terminal.err(problemText(file, violation, colors));
    return undefined;
  }
}
