import type { ParamType, ParamValue } from '@maestro/domain';

const SCALARS: Readonly<Record<string, ParamType>> = {
  string: 'STRING',
  bigint: 'LONG',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** valueType names the type that a value shows by itself; an empty array fits every type of array. */
export function valueType(value: ParamValue): ParamType | 'EMPTY_ARRAY' {
  if (!Array.isArray(value)) return SCALARS[typeof value] ?? 'MAP';
  const items: readonly unknown[] = value;
  return items.length === 0 ? 'EMPTY_ARRAY' : (`${SCALARS[typeof items[0]] ?? 'STRING'}_ARRAY` as ParamType);
}
