import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  HUGEINT,
  LIST,
  listValue,
  SQLNULL,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Json } from '@maestro/domain';
import { textOf } from '../../params.js';

/** bindValue is a param as DuckDB takes it, with its type: lists become lists, maps JSON. */
export function bindValue(value: Json): readonly [DuckDBValue, DuckDBType] {
  switch (typeof value) {
    case 'bigint':
      return [value, BigInt.asIntN(64, value) === value ? BIGINT : HUGEINT];
    case 'number':
      return [value, DOUBLE];
    case 'boolean':
      return [value, BOOLEAN];
    case 'string':
      return [value, VARCHAR];
    default:
      return value === null ? [null, SQLNULL] : composed(value);
  }
}

function composed(value: Exclude<Json, null | bigint | number | boolean | string>): readonly [DuckDBValue, DuckDBType] {
  if (!isList(value)) return [textOf(value), VARCHAR];
  const items = value.map(bindValue);
  return [listValue(items.map(([item]) => item)), LIST(items[0]?.[1] ?? VARCHAR)];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
