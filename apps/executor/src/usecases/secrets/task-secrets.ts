import { clone } from '@bufbuild/protobuf';
import type { Json, JsonObject } from '@maestro/domain';
import { TaskSchema, type Task } from '@maestro/proto/maestro/executor/v1/task';
import { isSecretReference, SECRET_SCHEME } from '@maestro/steps';
import { encodeExactJson } from '@maestro/wire';
import { isJsonObject, paramsOf } from '../../runtimes/params.js';

/** mayHoldReferences is a cheap look: most tasks name no secret, and nothing of them is parsed for it. */
export function mayHoldReferences({ paramsJson }: Task): boolean {
  const { buffer, byteOffset, byteLength } = paramsJson;
  return Buffer.from(buffer, byteOffset, byteLength).includes(SECRET_SCHEME);
}

/** referencesIn lists the distinct references in the params of a task: values that are nothing else. */
export function referencesIn(task: Task): readonly string[] {
  const found = new Set<string>();
  replaced(paramsOf(task), (text) => {
    found.add(text);
    return text;
  });
  return [...found];
}

/** withValues is a copy of the task in which references have become their secrets. */
export function withValues(task: Task, secrets: ReadonlyMap<string, string>): Task {
  const copy = clone(TaskSchema, task);
  copy.paramsJson = encodeExactJson(replaced(paramsOf(task), (text) => secrets.get(text) ?? text));
  return copy;
}

function replaced(value: Json, secretOf: (reference: string) => string): Json {
  if (typeof value === 'string') return isSecretReference(value) ? secretOf(value) : value;
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, secretOf));
  return isJsonObject(value) ? members(value, secretOf) : value;
}

function members(value: JsonObject, secretOf: (reference: string) => string): JsonObject {
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, member]) => [name, member === undefined ? undefined : replaced(member, secretOf)]),
  );
}
