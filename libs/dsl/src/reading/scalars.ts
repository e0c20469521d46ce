import { type JsonObject, type ParsableLong, suggestion } from '@maestro/domain';
import { isRawObject, rawToJson } from '../document/raw.js';
import type { Codec } from './codec.js';
import type { Cursor } from './cursor.js';

const MAX_INT64 = 2n ** 63n - 1n;

/** int64 is the whole number at the cursor, when 64 bits hold it. */
export function int64(cursor: Cursor): bigint | undefined {
  if (typeof cursor.raw !== 'bigint') return cursor.expected('a whole number');
  if (cursor.raw > MAX_INT64 || cursor.raw < -MAX_INT64 - 1n) return cursor.fail('does not fit into 64 bits');
  return cursor.raw;
}

/** text, as it is: numbers are not taken for text. */
export const text: Codec<string> = {
  read: (cursor) => (typeof cursor.raw === 'string' ? cursor.raw : cursor.expected('text')),
  write: (value) => value,
};

/** bool: true or false. */
export const bool: Codec<boolean> = {
  read: (cursor) => (typeof cursor.raw === 'boolean' ? cursor.raw : cursor.expected('true or false')),
  write: (value) => value,
};

/** long: a 64-bit whole number. */
export const long: Codec<bigint> = { read: int64, write: (value) => value };

/** integer is a whole number that a double holds exactly: counts, limits and instants in milliseconds. */
export const integer: Codec<number> = {
  read(cursor) {
    const value = int64(cursor);
    if (value === undefined) return undefined;
    const exact = Number(value);
    return Number.isSafeInteger(exact) ? exact : cursor.fail('is too large');
  },
  write: (value) => BigInt(value),
};

/** parsableLong: a non-negative whole number or text; what the text may say depends on the field and is checked later. */
export const parsableLong: Codec<ParsableLong> = {
  read(cursor) {
    if (typeof cursor.raw === 'string') return cursor.raw;
    if (typeof cursor.raw !== 'bigint') return cursor.expected('a whole number or text');
    return cursor.raw < 0n ? cursor.fail('must not be negative') : int64(cursor);
  },
  write: (value) => value,
};

/** condition is an expression; `true` and `false` may be written without quotes. */
export const condition: Codec<string> = {
  read: (cursor) => (typeof cursor.raw === 'boolean' ? String(cursor.raw) : text.read(cursor)),
  write: (value) => value,
};

/** jsonObject: an object with whatever is in it. */
export const jsonObject: Codec<JsonObject> = {
  read: (cursor) => (isRawObject(cursor.raw) ? (rawToJson(cursor.raw) as JsonObject) : cursor.expected('an object')),
  write: (value) => value,
};

/** constant finds what was written among known words, whatever its case; undefined after noting the problem. */
export function constant<T extends string>(cursor: Cursor, written: string, known: readonly T[]): T | undefined {
  const found = known.find((word) => word.toUpperCase() === written.toUpperCase());
  return found ?? cursor.fail(`"${written}" is not one of ${known.join(', ')}${suggestion(written, known)}`);
}

/** oneOf reads an enum constant in any case; it is written in its canonical one. */
export function oneOf<T extends string>(known: readonly T[]): Codec<T> {
  return {
    read: (cursor) =>
      typeof cursor.raw === 'string'
        ? constant(cursor, cursor.raw, known)
        : cursor.expected(`one of ${known.join(', ')}`),
    write: (value) => value,
  };
}
