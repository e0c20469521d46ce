import type { Json, ParamType } from '@maestro/domain';

/** inferType is the type that a value has by itself: whole numbers are LONG, maps of text STRING_MAP, others MAP. */
export function inferType(value: Json): ParamType | undefined {
  const scalar = scalarType(value);
  if (scalar !== undefined || value === null || typeof value !== 'object') return scalar;
  if (!Array.isArray(value)) {
    return Object.values(value).every((member) => typeof member === 'string') ? 'STRING_MAP' : 'MAP';
  }
  const items: readonly Json[] = value;
  if (items.length === 0) return 'STRING_ARRAY';
  const types = new Set(items.map(scalarType));
  if (types.size === 2 && types.has('LONG') && types.has('DOUBLE')) return 'DOUBLE_ARRAY';
  const [only] = types;
  return types.size === 1 && only !== undefined ? `${only}_ARRAY` : undefined;
}

function scalarType(value: Json): 'STRING' | 'LONG' | 'DOUBLE' | 'BOOLEAN' | undefined {
  if (typeof value === 'string') return 'STRING';
  if (typeof value === 'bigint') return 'LONG';
  if (typeof value === 'number') return 'DOUBLE';
  return typeof value === 'boolean' ? 'BOOLEAN' : undefined;
}
