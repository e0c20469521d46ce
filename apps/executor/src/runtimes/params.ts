import type { Json, JsonObject } from '@maestro/domain';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { decodeExactJson, exactJsonText } from '@maestro/wire';

/** paramsOf reads the evaluated params of a task; whole numbers arrive as bigint, so that none is rounded. */
export function paramsOf(task: Task): JsonObject {
  return task.paramsJson.length === 0 ? {} : readJsonObject(task.paramsJson);
}

/** readJsonObject parses UTF-8 JSON whose top must be an object. Throws an Error that says what is wrong otherwise. */
export function readJsonObject(bytes: Uint8Array): JsonObject {
  const value = decodeExactJson(bytes);
  if (!isJsonObject(value)) throw new SyntaxError('expected a JSON object');
  return value;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** textOf is a param value as text: strings as they are, everything else as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : exactJsonText(value);
}
