import type { ParamDefinition, ParamDefinitions, ParamValue } from '@maestro/domain';

/** literalValue is the value that a literal stands for, as it is: nothing is interpolated. undefined for one without a value. */
export function literalValue(definition: ParamDefinition): ParamValue | undefined {
  const { type, value } = definition;
  if (value === undefined) return undefined;
  switch (type) {
    case 'DOUBLE':
      return Number(value);
    case 'DOUBLE_ARRAY':
      return value.map(Number);
    case 'MAP':
      return mapValue(value);
    default:
      return value;
  }
}

function mapValue(definitions: ParamDefinitions): ParamValue | undefined {
  const entries = Object.entries(definitions).map(([key, inner]) => [key, literalValue(inner)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as Readonly<Record<string, ParamValue>>;
}
