import { Command } from 'commander';
import type { JobTemplateBody, TimelineBody } from '../api/bodies.js';
import { apiPath } from '../api/path.js';
import type { Cli, ExitCode } from '../cli.js';
import {
  definitionContent,
  readDefinitionFiles,
  reportProblems,
  yamlSuffix,
  type DefinitionFile,
} from '../definition-file.js';
import { printAnswer } from '../print/output.js';
import { tableOf } from '../print/table.js';
import { parseTemplate } from '../reference.js';
import { inSession, type Session } from '../session.js';

const PATH = 'job-templates';

/** templateCommand: `maestro template push|get|list|delete`. */
export function templateCommand(cli: Cli): Command {
  const command = new Command('template').description('job templates: what the steps of a sub-type get');
  const commands = [
    new Command('push')
      .description('add job templates from JSON or YAML files, or replace them; "-" reads the standard input')
      .argument('<files...>')
      .action(inSession(cli, push)),
    new Command('get')
      .description('show a job template as it was pushed')
      .argument('<type>', '<type> or <type>@<version>; the version named "default" when none is named')
      .action(inSession(cli, get)),
    new Command('list').description('list all job templates and their versions').action(inSession(cli, list)),
    new Command('delete')
      .description('delete a version of a job template; runs that have started keep it')
      .argument('<type>', '<type>@<version>, or <type> for all its versions')
      .action(inSession(cli, remove)),
  ];
  for (const each of commands) command.addCommand(each.copyInheritedSettings(command));
  return command;
}

async function push(session: Session, names: readonly string[]): Promise<ExitCode> {
  for (const file of await readDefinitionFiles(session.cli, names)) if (!(await pushOne(session, file))) return 1;
  return 0;
}

async function pushOne({ cli, client, output }: Session, file: DefinitionFile): Promise<boolean> {
  try {
    const path = apiPath([PATH, ...yamlSuffix(file)]);
    const answer = await client.call<JobTemplateBody>('POST', path, definitionContent(file));
    printAnswer(
      cli,
      output,
      answer,
      ({ definition: { job_type: type, version } }) => `${cli.colors.bold(type)} version ${version}\n`,
    );
    return true;
  } catch (error) {
    if (!reportProblems(cli, file, error)) throw error;
    return false;
  }
}

async function get({ cli, client, output }: Session, name: string): Promise<ExitCode> {
  const { type, version } = parseTemplate(name);
  const answer = await client.get<JobTemplateBody>(apiPath([PATH, type], { version }));
  printAnswer(cli, output === 'table' ? 'yaml' : output, answer, () => '');
  return 0;
}

async function list({ cli, client, output }: Session): Promise<ExitCode> {
  const answer = await client.get<readonly JobTemplateBody[]>(apiPath([PATH], { version: '*' }));
  printAnswer(cli, output, answer, (body) => {
    const rows = body.map(({ definition, metadata }) => [
      definition.job_type,
      definition.version,
      definition.step_type,
      metadata.status,
      definition.description ?? '',
    ]);
    return tableOf(['TYPE', 'VERSION', 'STEP TYPE', 'STATUS', 'DESCRIPTION'], rows, cli.colors);
  });
  return 0;
}

async function remove({ cli, client, output }: Session, name: string): Promise<ExitCode> {
  const { type, version } = parseTemplate(name);
  const answer = await client.call<TimelineBody>('DELETE', apiPath([PATH, type], { version }));
  printAnswer(cli, output, answer, ({ message }) => `${message ?? 'deleted'}\n`);
  return 0;
}
