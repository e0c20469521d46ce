import { type Json, type JsonObject, suggestion } from '@maestro/domain';
import { rawToJson, type RawObject } from '../document/raw.js';
import type { Codec } from './codec.js';
import type { Cursor } from './cursor.js';

interface Field<T> {
  readonly codec: Codec<T>;
  readonly required: boolean;
  /** What a required field holds while its problem is on the way to the caller. */
  readonly placeholder?: T;
}

/** required: an absent or unreadable field is a problem; the placeholder lets the rest be read and checked all the same. */
export const required = <T>(codec: Codec<T>, placeholder: T): Field<T> => ({ codec, required: true, placeholder });
/** optional: an absent, null or unreadable field is left out. */
export const optional = <T>(codec: Codec<T>): Field<T> => ({ codec, required: false });

/** Fields names a codec for every member of T, so that a new member cannot be forgotten. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

/** RestOf: members that can take the keys that are not fields. */
type RestOf<T> = { [K in keyof T]-?: JsonObject extends Exclude<T[K], undefined> ? K : never }[keyof T];

/** ObjectOptions: what to do with keys that are not fields. */
export interface ObjectOptions<T> {
  /** The member that takes them; without one they are problems. */
  readonly rest?: string & RestOf<T>;
  /** Keys that are somebody else's business. */
  readonly ignored?: readonly string[];
}

/** snake turns a member's name into its JSON key: `errorRetryLimit` -> `error_retry_limit`. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface NamedField extends Field<unknown> {
  readonly name: string;
  readonly key: string;
}

type Members = Record<string, unknown>;

function namedFields(fields: object, rest: string | undefined): readonly NamedField[] {
  const all = Object.entries(fields as Readonly<Record<string, Field<unknown>>>);
  return all.filter(([name]) => name !== rest).map(([name, field]) => ({ ...field, name, key: snake(name) }));
}

/** Most fields of most objects are absent: they cost a look, no cursor. */
function readFields(cursor: Cursor, raw: RawObject, fields: readonly NamedField[]): Members {
  const members: Members = {};
  for (const { name, key, codec, required: needed, placeholder } of fields) {
    const present = Object.hasOwn(raw, key) && raw[key] !== null && raw[key] !== undefined;
    if (!present && !needed) continue;
    const value = present ? codec.read(cursor.at(key)) : cursor.at(key).fail('is required');
    if (value !== undefined || needed) members[name] = value ?? placeholder;
  }
  return members;
}

/** More unknown keys than these in one object are not mistyped: the object is something else. */
const MAX_UNKNOWN = 20;

function rejectAll(cursor: Cursor, keys: readonly string[], known: ReadonlySet<string>): void {
  for (const key of keys.slice(0, MAX_UNKNOWN)) cursor.at(key).fail(`unknown field "${key}"${suggestion(key, known)}`);
  if (keys.length > MAX_UNKNOWN) cursor.fail(`has ${keys.length - MAX_UNKNOWN} more unknown fields`);
}

function collected(raw: RawObject, keys: readonly string[]): JsonObject | undefined {
  const given = keys.filter((key) => raw[key] !== null && raw[key] !== undefined);
  if (given.length === 0) return undefined;
  return rawToJson(Object.fromEntries(given.map((key) => [key, raw[key]]))) as JsonObject;
}

function writeFields(members: Members, fields: readonly NamedField[], rest: string | undefined): JsonObject {
  const written: Record<string, Json> = {};
  for (const { name, key, codec } of fields) if (members[name] !== undefined) written[key] = codec.write(members[name]);
  return rest === undefined ? written : { ...written, ...(members[rest] as JsonObject | undefined) };
}

/** object reads and writes an object by its fields, with snake_case keys. */
export function object<T extends object>(fields: Fields<Omit<T, never>>, options: ObjectOptions<T> = {}): Codec<T> {
  const { rest, ignored = [] } = options;
  const own = namedFields(fields, rest);
  const known = new Set(own.map(({ key }) => key));
  const settled = new Set([...known, ...ignored]);
  return {
    read(cursor) {
      const raw = cursor.object();
      if (raw === undefined) return undefined;
      const members = readFields(cursor, raw, own);
      const others = Object.keys(raw).filter((key) => !settled.has(key));
      if (others.length === 0) return members as T;
      if (rest === undefined) rejectAll(cursor, others, known);
      const extra = rest === undefined ? undefined : collected(raw, others);
      return (extra === undefined || rest === undefined ? members : { ...members, [rest]: extra }) as T;
    },
    write: (value) => writeFields(value as Members, own, rest),
  };
}
