import type { Json, ParamValue } from '@maestro/domain';
import { DecimalText, isRawObject } from '../document/raw.js';
import { dictionary, lazily, list, type Codec } from '../reading/codec.js';
import { int64 } from '../reading/scalars.js';

type Scalar = string | bigint | number | boolean;

const scalar: Codec<Scalar> = {
  read(cursor) {
    const { raw } = cursor;
    if (raw instanceof DecimalText) return Number(raw.text);
    if (typeof raw === 'bigint') return int64(cursor);
    if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return raw;
    return cursor.expected('text, a number, or true or false');
  },
  // JSON has no NaN and no infinities; an expression may have made one.
  write: (value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
};

const scalars = list(scalar);
const map = dictionary<ParamValue>(lazily(() => paramValue));

/** paramValue: an evaluated value of a param of any type, as it is: what is written tells the type. */
export const paramValue: Codec<ParamValue> = {
  read(cursor) {
    if (isRawObject(cursor.raw)) return map.read(cursor);
    if (!Array.isArray(cursor.raw)) return scalar.read(cursor);
    const items = scalars.read(cursor);
    const kinds = new Set(items?.map((item) => typeof item));
    return kinds.size > 1 ? cursor.fail('holds values of several types; keep one') : (items as ParamValue | undefined);
  },
  write(value): Json {
    if (Array.isArray(value)) return scalars.write(value as readonly Scalar[]);
    return typeof value === 'object'
      ? map.write(value as Exclude<typeof value, readonly unknown[]>)
      : scalar.write(value);
  },
};
