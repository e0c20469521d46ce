import type { Json, JsonObject } from '@maestro/domain';
import { rawToJson, type RawObject } from '../document/raw.js';
import type { Codec } from './codec.js';
import type { Cursor } from './cursor.js';
import { suggestion } from './suggestion.js';

interface Field<T> {
  readonly codec: Codec<T>;
  readonly required: boolean;
  /** What a required field holds while its problem is on the way to the caller. */
  readonly placeholder?: T;
}

/** required: an absent or unreadable field is a problem; the placeholder lets the rest be read and checked all the same. */
export const required = <T>(codec: Codec<T>, placeholder: T): Field<T> => ({ codec, required: true, placeholder });
export const optional = <T>(codec: Codec<T>): Field<T> => ({ codec, required: false });

/** Fields names a codec for every member of T, so that a new member cannot be forgotten. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

/** snake turns a member's name into its JSON key: `errorRetryLimit` -> `error_retry_limit`. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type AnyField = readonly [name: string, key: string, field: Field<unknown>];

function readField(cursor: Cursor, [name, key, field]: AnyField): readonly (readonly [string, unknown])[] {
  const at = cursor.at(key);
  if (at.absent && field.required) at.fail('is required');
  const value = at.absent ? undefined : field.codec.read(at);
  if (value !== undefined) return [[name, value]];
  return field.required ? [[name, field.placeholder]] : [];
}

function rejectUnknown(cursor: Cursor, object: RawObject, known: readonly string[]): void {
  for (const key of Object.keys(object))
    if (!known.includes(key)) cursor.at(key).fail(`unknown field "${key}"${suggestion(key, known)}`);
}

function others(object: RawObject, known: readonly string[]): JsonObject | undefined {
  const extra = Object.entries(object).filter(
    ([key, raw]) => !known.includes(key) && raw !== null && raw !== undefined,
  );
  return extra.length === 0 ? undefined : (rawToJson(Object.fromEntries(extra)) as JsonObject);
}

/** RestOf: which member takes the keys that are not fields; without one, unknown keys are problems. */
export type RestOf<T> = { [K in keyof T]-?: JsonObject extends Exclude<T[K], undefined> ? K : never }[keyof T];

/** object reads and writes an object by its fields, with snake_case keys. */
export function object<T extends object>(fields: Fields<Omit<T, never>>, rest?: string & RestOf<T>): Codec<T> {
  const all: AnyField[] = Object.entries(fields).map(([name, field]) => [name, snake(name), field as Field<unknown>]);
  const own = all.filter(([name]) => name !== rest);
  const keys = own.map(([, key]) => key);
  return {
    read(cursor) {
      const raw = cursor.object();
      if (raw === undefined) return undefined;
      const entries = own.flatMap((field) => readField(cursor, field));
      if (rest === undefined) rejectUnknown(cursor, raw, keys);
      const extra = rest === undefined ? undefined : others(raw, keys);
      return Object.fromEntries(extra === undefined ? entries : [...entries, [rest, extra]]) as T;
    },
    write(value) {
      const members = value as Readonly<Record<string, unknown>>;
      const written = own
        .filter(([name]) => members[name] !== undefined)
        .map(([name, key, field]): [string, Json] => [key, field.codec.write(members[name])]);
      return { ...Object.fromEntries(written), ...(rest === undefined ? {} : (members[rest] as JsonObject)) };
    },
  };
}
