import type { Decimal, ParamDefinitions, ParamLiterals } from '@maestro/domain';
import { DecimalText, decimalOf, decimalToJson } from '../document/raw.js';
import { dictionary, list, type Codec } from '../reading/codec.js';
import { bool, long, text } from '../reading/scalars.js';

/** Far beyond any double, small enough that nobody can make us compute with giant numbers. */
const MAX_DECIMAL_LENGTH = 400;
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,4})?$/i;

/** decimal: a number, or the text of one where a JSON library would round it. */
const decimal: Codec<Decimal> = {
  read(cursor) {
    const { raw } = cursor;
    if (typeof raw === 'number' && Number.isFinite(raw)) return decimalOf(raw);
    const written = raw instanceof DecimalText ? raw.text : typeof raw === 'bigint' ? String(raw) : raw;
    if (typeof written !== 'string' || !DECIMAL.test(written)) return cursor.expected('a decimal number');
    return written.length <= MAX_DECIMAL_LENGTH ? written : cursor.fail('has too many digits');
  },
  write: decimalToJson,
};

/** Literals holds a codec for the literal value of each type of param. */
export type Literals = { readonly [T in keyof ParamLiterals]: Codec<ParamLiterals[T]> };

/** literalsWith builds them; a MAP holds definitions of params again. */
export function literalsWith(definitions: Codec<ParamDefinitions>): Literals {
  return {
    STRING: text,
    LONG: long,
    DOUBLE: decimal,
    BOOLEAN: bool,
    STRING_MAP: dictionary(text),
    STRING_ARRAY: list(text),
    LONG_ARRAY: list(long),
    DOUBLE_ARRAY: list(decimal),
    BOOLEAN_ARRAY: list(bool),
    MAP: definitions,
  };
}
