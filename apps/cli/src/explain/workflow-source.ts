import type { JsonObject, PushRequest, Workflow } from '@maestro/domain';
import { parsePushRequest, readStoredPushRequest, workflowToJson } from '@maestro/dsl';
import { getVersion } from '../api/definitions.js';
import type { Cli } from '../cli.js';
import { readDefinitionFiles, reportRefusal, type DefinitionFile } from '../definition-file.js';
import { UsageError } from '../errors.js';
import { userName } from '../print/names.js';
import { parseVersion } from '../reference.js';
import type { Session } from '../session.js';

/** WorkflowSource is a definition, from a file or a server. */
export interface WorkflowSource {
  readonly workflow: Workflow;
  /** The same as the API writes it. */
  readonly json: JsonObject;
  /** Name of the owner; empty when nobody is. */
  readonly owner: string;
  /** The text it was read from. */
  readonly file?: DefinitionFile;
}

/**
 * readWorkflow reads a file when one is named, else asks the server; undefined when the file holds no valid definition, which is
 * reported then. @throws UsageError, ApiError
 */
export function readWorkflow(
  session: Session,
  name: string | undefined,
  file?: string,
): Promise<WorkflowSource | undefined> {
  if (file !== undefined) return fromFile(session, file, name);
  if (name === undefined) throw new UsageError('name a workflow, or a definition with --file');
  return fromServer(session, name);
}

async function fromFile({ cli }: Session, file: string, name: string | undefined): Promise<WorkflowSource | undefined> {
  const [definition] = await readDefinitionFiles(cli, [file]);
  if (definition === undefined) throw new UsageError(`cannot read ${file}`);
  const request = parsed(cli, definition);
  if (request === undefined) return undefined;
  const { workflow, properties } = request;
  if (name !== undefined && name !== workflow.id) throw new UsageError(`${file} defines ${workflow.id}, not ${name}`);
  return { workflow, json: workflowToJson(workflow), owner: properties?.owner?.name ?? '', file: definition };
}

function parsed(cli: Cli, definition: DefinitionFile): PushRequest | undefined {
  try {
    return parsePushRequest(definition.text, definition.format);
  } catch (error) {
    if (reportRefusal(cli, definition, error)) return undefined;
    throw error;
  }
}

async function fromServer({ client }: Session, name: string): Promise<WorkflowSource> {
  const { workflowId, version = 'default' } = parseVersion(name);
  const { body } = await getVersion(client, workflowId, version);
  const { workflow } = readStoredPushRequest({ workflow: body.workflow });
  return { workflow, json: body.workflow, owner: userName(body.properties_snapshot?.owner) };
}
