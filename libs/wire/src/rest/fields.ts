import type { Json, JsonObject } from '@maestro/domain';

/** jsonFields is a JSON object of the fields that are there: Maestro's answers leave out nulls. */
export function jsonFields(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** instantJson: milliseconds since the epoch; undefined for 0, which stands for "not yet" in the contracts. */
export function instantJson(instant: bigint): bigint | undefined {
  return instant === 0n ? undefined : instant;
}

/** textJson: undefined for an empty text. */
export function textJson(text: string): string | undefined {
  return text === '' ? undefined : text;
}

/** listJson: undefined for an empty list. */
export function listJson<T>(items: readonly T[], change: (item: T) => Json): Json | undefined {
  return items.length === 0 ? undefined : items.map(change);
}
