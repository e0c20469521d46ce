import type { Json } from '@maestro/domain';
import { Command } from 'commander';
import type { PushBody, VersionBody } from '../api/bodies.js';
import type { Client } from '../api/client.js';
import { pushDefinition, validateDefinition } from '../api/definitions.js';
import { apiPath, workflowParts } from '../api/path.js';
import type { Cli, Colors, ExitCode } from '../cli.js';
import { readDefinitionFiles, reportProblems, type DefinitionFile } from '../definition-file.js';
import { changesOf } from '../diff/changes.js';
import { printAnswer } from '../print/output.js';
import { inSession, type Session } from '../session.js';

/** More changes than this are counted only; `maestro diff` shows all. */
const MAX_CHANGES = 8;
/** Members of a snapshot that differ between any two. */
const STAMPS = ['create_time', 'author', 'workflow_id'];
const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** pushCommand: `maestro push <files...>`. */
export function pushCommand(cli: Cli): Command {
  return new Command('push')
    .description('store new versions of workflows from JSON or YAML files; "-" reads the standard input')
    .argument('<files...>', 'definitions in JSON, the YAML DSL or plain-model YAML')
    .action(inSession(cli, push));
}

async function push(session: Session, names: readonly string[]): Promise<ExitCode> {
  const files = await readDefinitionFiles(session.cli, names);
  if (files.length > 1 && !(await allValid(session, files))) {
    session.cli.terminal.err('Nothing was pushed.\n');
    return 1;
  }
  for (const file of files) if (!(await pushOne(session, file))) return 1;
  return 0;
}

/** Of several files, none is pushed when one is wrong. */
async function allValid({ cli, client }: Session, files: readonly DefinitionFile[]): Promise<boolean> {
  let valid = true;
  for (const file of files) {
    try {
      await validateDefinition(client, file);
    } catch (error) {
      if (!reportProblems(cli, file, error)) throw error;
      valid = false;
    }
  }
  return valid;
}

async function pushOne({ cli, client, output }: Session, file: DefinitionFile): Promise<boolean> {
  try {
    const answer = await pushDefinition(client, file);
    const changes = output === 'table' ? await changesSince(client, answer.body.workflow_definition) : [];
    printAnswer(cli, output, answer, (body) => pushedText(body, changes, cli.colors));
    return true;
  } catch (error) {
    if (!reportProblems(cli, file, error)) throw error;
    return false;
  }
}

async function changesSince(client: Client, now: VersionBody): Promise<string[]> {
  const { workflow_id: id, workflow_version_id: version } = now.metadata;
  if (version <= 1n) return [];
  const before = await client.find<VersionBody>(apiPath(workflowParts(id, 'versions', String(version - 1n))));
  if (before === undefined) return [];
  const changes = changesOf(comparable(before.body), comparable(now));
  if (changes.length === 0) return ['nothing changed since the version before'];
  const shown = changes.slice(0, MAX_CHANGES).map(({ kind, path }) => `${SIGNS[kind]} ${path}`);
  const more = changes.length - shown.length;
  return more === 0 ? shown : [...shown, `… and ${more} more: maestro diff shows all`];
}

function comparable({ workflow, properties_snapshot: snapshot }: VersionBody): Json {
  const properties = Object.entries(snapshot ?? {}).filter(([name]) => !STAMPS.includes(name));
  return { workflow, properties: Object.fromEntries(properties) };
}

function pushedText({ workflow_definition: definition }: PushBody, changes: readonly string[], colors: Colors): string {
  const { workflow_id: id, workflow_version_id: version } = definition.metadata;
  const state = definition.is_active === true ? 'active' : 'not active';
  const head = `${colors.bold(id)} version ${version} (${version === 1n ? 'new, ' : ''}${state})\n`;
  return head + changes.map((change) => `  ${change}\n`).join('');
}
