import type { Json } from '@maestro/domain';
import { exactJsonText } from '@maestro/wire';

/**
 * literal is a value as an SQL literal of Trino. Its protocol has no bound values but those of EXECUTE .. USING, which are literals: they
 * stand behind the statement, never inside it, and text can only end with its quote, since a quote is doubled and nothing else
 * escapes (Trino manual, "Types": VARCHAR).
 */
export function literal(value: Json): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'bigint':
      return BigInt.asIntN(64, value) === value ? `BIGINT ${text(String(value))}` : `DECIMAL ${text(String(value))}`;
    case 'number':
      return `DOUBLE ${text(String(value))}`;
    case 'boolean':
      return String(value);
    default:
      return value === null ? 'NULL' : composed(value);
  }
}

/** text is a text literal. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function composed(value: Exclude<Json, null | bigint | number | boolean | string>): string {
  return isList(value) ? `ARRAY[${value.map(literal).join(', ')}]` : `JSON ${text(exactJsonText(value))}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
