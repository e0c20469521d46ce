import type { ParamType } from '@maestro/domain';

/** The implicit conversions of the spec (§2.1): which other types a declared type accepts. */
const CONVERTIBLE: Readonly<Record<ParamType, readonly ParamType[]>> = {
  STRING: ['LONG', 'DOUBLE', 'BOOLEAN'],
  LONG: ['STRING'],
  DOUBLE: ['LONG'],
  BOOLEAN: ['STRING'],
  STRING_ARRAY: ['LONG_ARRAY', 'DOUBLE_ARRAY', 'BOOLEAN_ARRAY'],
  STRING_MAP: [],
  LONG_ARRAY: [],
  DOUBLE_ARRAY: [],
  BOOLEAN_ARRAY: [],
  MAP: [],
};

/** canBecome says whether a value of one type is accepted where another is declared. */
export function canBecome(from: ParamType, to: ParamType): boolean {
  return from === to || CONVERTIBLE[to].includes(from);
}
