import type { Json, JsonObject, Properties, PushRequest, Tag, TimeTrigger } from '@maestro/domain';
import {
  definitionToJson,
  parseJsonText,
  propertiesToJson,
  readProperties,
  readStoredPushRequest,
  readTag,
  readTimeTriggers,
  stringifyJson,
  tagToJson,
} from '@maestro/dsl';

/** StoredDefinition is what the definition column of a version holds. */
export type StoredDefinition = Pick<PushRequest, 'workflow' | 'gitInfo'>;

export function definitionText(definition: StoredDefinition): string {
  return stringifyJson(definitionToJson(definition));
}

export function definitionOfText(text: string): StoredDefinition {
  return readStoredPushRequest(parseJsonText(text));
}

export function propertiesText(properties: Properties): string {
  return stringifyJson(propertiesToJson(properties));
}

export function propertiesOfText(text: string): Properties {
  return readProperties(parseJsonText(text));
}

export function timeTriggersOfText(text: string): readonly TimeTrigger[] {
  return readTimeTriggers(parseJsonText(text));
}

export function tagsText(tags: readonly Tag[]): string {
  return stringifyJson(tags.map(tagToJson));
}

export function tagsOfText(text: string): readonly Tag[] {
  const tags = parseJsonText(text);
  return Array.isArray(tags) ? tags.map((tag: Json) => readTag(tag)) : [];
}

export function objectText(object: JsonObject): string {
  return stringifyJson(object);
}

export function objectOfText(text: string): JsonObject {
  return parseJsonText(text) as JsonObject;
}

/** withoutNul drops the one character that Postgres text cannot hold. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
