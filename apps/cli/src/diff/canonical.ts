import type { Properties, PushRequest } from '@maestro/domain';
import { readPushRequest, workflowToYaml } from '@maestro/dsl';
import type { VersionBody } from '../api/bodies.js';

/** Members of a snapshot that nobody pushes. */
const OF_THE_SNAPSHOT = ['workflow_id', 'create_time', 'author', 'tags'];

/** storedRequest is the push request that would give a stored version again. */
export function storedRequest({ workflow, properties_snapshot: snapshot }: VersionBody): PushRequest {
  const properties = Object.entries(snapshot ?? {}).filter(([name]) => !OF_THE_SNAPSHOT.includes(name));
  return readPushRequest({ workflow, properties: Object.fromEntries(properties) });
}

/**
 * pushedOnto is what would be stored when a file is pushed over a version: the settings it does not mention stay, but run
 * strategy, step concurrency and alerting go back to their default (§1.4 of Maestro's model).
 */
export function pushedOnto(stored: PushRequest, { workflow, properties }: PushRequest): PushRequest {
  if (properties === undefined) return { workflow, ...(stored.properties && { properties: stored.properties }) };
  const { runStrategy: _rule, stepConcurrency: _steps, alerting: _alerting, ...kept } = stored.properties ?? {};
  return { workflow, properties: { ...kept, ...properties } satisfies Properties };
}

/** canonicalYaml writes a request so that equal ones give equal text; what does not describe the workflow is left out. */
export function canonicalYaml({ workflow, properties }: PushRequest): string {
  return workflowToYaml({ workflow, ...(properties && { properties }) });
}
