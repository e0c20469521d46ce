import type { ParamType } from '@maestro/domain';
import { DecimalText, isRawObject, type Raw, type RawObject } from '../document/raw.js';
import type { Cursor } from '../reading/cursor.js';
import { describe } from '../reading/cursor.js';

/** Literal is a value with the type it was found to have. */
export interface Literal {
  readonly type: ParamType;
  readonly value: Raw;
}

/** NestedParams reads the entries of a MAP; their keys have the same syntax again. */
export type NestedParams = (cursor: Cursor) => RawObject;

function scalarType(raw: Raw | undefined): 'STRING' | 'LONG' | 'DOUBLE' | 'BOOLEAN' | undefined {
  if (typeof raw === 'string') return 'STRING';
  if (typeof raw === 'bigint') return 'LONG';
  if (raw instanceof DecimalText || typeof raw === 'number') return 'DOUBLE';
  return typeof raw === 'boolean' ? 'BOOLEAN' : undefined;
}

function arrayType(cursor: Cursor, items: readonly Raw[], hint: ParamType | undefined): ParamType | undefined {
  if (items.length === 0) return hint?.endsWith('_ARRAY') === true ? hint : 'STRING_ARRAY';
  const item = scalarType(items[0]);
  if (item === undefined) return cursor.at(0).fail(`is ${describe(items[0])}; lists hold text, numbers or booleans`);
  // Whole numbers among decimals are decimals, too, when that is asked for.
  return hint === 'DOUBLE_ARRAY' && item === 'LONG' ? hint : `${item}_ARRAY`;
}

function mapLiteral(cursor: Cursor, raw: RawObject, hint: ParamType | undefined, nested: NestedParams): Literal {
  const values = Object.values(raw);
  const allText = values.every((value) => typeof value === 'string');
  const asTextMap = allText && (values.length === 0 ? hint === 'STRING_MAP' : hint !== 'MAP');
  return asTextMap ? { type: 'STRING_MAP', value: raw } : { type: 'MAP', value: nested(cursor) };
}

/** Whole numbers may stand where decimals are declared. */
function scalarLiteral(raw: Raw, type: ParamType, hint: ParamType | undefined): Literal {
  return { type: type === 'LONG' && hint === 'DOUBLE' ? 'DOUBLE' : type, value: raw };
}

/** readLiteral finds the type of a value, with the help of the hint in its key; undefined after noting why it has none. */
export function readLiteral(cursor: Cursor, hint: ParamType | undefined, nested: NestedParams): Literal | undefined {
  const { raw } = cursor;
  if (raw === null || raw === undefined)
    return cursor.fail('must not be null; leave the key out for a param without a value');
  if (isRawObject(raw)) return mapLiteral(cursor, raw, hint, nested);
  if (Array.isArray(raw)) {
    const type = arrayType(cursor, raw as readonly Raw[], hint);
    return type === undefined ? undefined : { type, value: raw };
  }
  const type = scalarType(raw);
  return type === undefined ? cursor.expected('a value') : scalarLiteral(raw, type, hint);
}

/** expressionText: an expression is text; a bare number or boolean is one, too. */
export function expressionText(cursor: Cursor): string | undefined {
  const { raw } = cursor;
  if (typeof raw === 'string') return raw;
  if (raw instanceof DecimalText) return raw.text;
  return typeof raw === 'bigint' || typeof raw === 'boolean' ? String(raw) : cursor.expected('an expression');
}
