import { MaestroError, type PropertiesSnapshot, type Tag } from '@maestro/domain';
import { constrainedNameProblem, propertiesToJson, stringifyJson, tagToJson } from '@maestro/dsl';
import type { Act } from '../ports/workflow-acts.js';
import { bodyHash, type Asking } from './asking.js';
import { changeProperties, type PropertiesDeps } from './change-properties.js';

/**
 * upsertTag adds or replaces a dynamic tag by name. The namespace is always PLATFORM, and the tag says who set it and
 * when (spec §4.1). Throws INVALID_REQUEST for a name that tags may not have.
 */
export async function upsertTag(
  deps: PropertiesDeps,
  asking: Asking,
  ask: { readonly workflowId: string; readonly tag: Tag },
): Promise<PropertiesSnapshot> {
  const { workflowId, tag } = ask;
  const problem = constrainedNameProblem(tag.name);
  if (problem !== undefined) {
    const violations = [{ path: 'tag.name', message: problem }];
    throw new MaestroError('INVALID_REQUEST', `The name of the tag ${problem}.`, { violations });
  }
  const act: Act = {
    ...asking,
    kind: 'upsert-tag',
    workflowId,
    bodyHash: bodyHash(`${workflowId}\n${stringifyJson(tagToJson(tag))}`),
  };
  return changeProperties(deps, act, ({ properties }, now) => {
    const attributes = { ...tag.attributes, creator: asking.author, created_at_milli: BigInt(now) };
    const others = (properties.tags ?? []).filter(({ name }) => name !== tag.name);
    const tags: readonly Tag[] = [...others, { name: tag.name, namespace: 'PLATFORM', attributes }];
    return { properties: { ...properties, tags }, change: propertiesToJson({ tags }), log: `Set tag "${tag.name}"` };
  });
}

/** deleteTag removes a dynamic tag by name; one that is not there is no error. */
export async function deleteTag(
  deps: PropertiesDeps,
  asking: Asking,
  ask: { readonly workflowId: string; readonly tagName: string },
): Promise<PropertiesSnapshot> {
  const { workflowId, tagName } = ask;
  const act: Act = { ...asking, kind: 'delete-tag', workflowId, bodyHash: bodyHash(`${workflowId}\n${tagName}`) };
  return changeProperties(deps, act, ({ properties }) => {
    const tags = (properties.tags ?? []).filter(({ name }) => name !== tagName);
    return { properties: { ...properties, tags }, change: propertiesToJson({ tags }), log: `Removed tag "${tagName}"` };
  });
}
