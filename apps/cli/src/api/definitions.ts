import type { TimelineBody, PushBody, VersionBody } from './bodies.js';
import type { Answer, Client } from './client.js';
import { apiPath, workflowParts } from './path.js';
import { definitionContent, yamlSuffix, type DefinitionFile } from '../definition-file.js';

/** pushDefinition stores a new version. */
export function pushDefinition(client: Client, file: DefinitionFile): Promise<Answer<PushBody>> {
  return client.call('POST', apiPath(['workflows', ...yamlSuffix(file)]), definitionContent(file));
}

/** validateDefinition makes the checks of a push; nothing is stored. */
export function validateDefinition(client: Client, file: DefinitionFile): Promise<Answer<TimelineBody>> {
  const path = apiPath(['workflows', 'actions', 'validate', ...yamlSuffix(file)]);
  return client.call('PUT', path, definitionContent(file));
}

/** getVersion reads a version: `active`, `latest`, `default` or a number. */
export function getVersion(client: Client, workflowId: string, version: string): Promise<Answer<VersionBody>> {
  return client.get(apiPath(workflowParts(workflowId, 'versions', version)));
}
