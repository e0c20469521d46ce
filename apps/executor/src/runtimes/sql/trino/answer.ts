import type { Json, JsonObject } from '@maestro/domain';
import { exactJsonText } from '@maestro/wire';
import { isJsonObject } from '../../params.js';
import type { Column, ColumnKind, Row } from '../sql-engine.js';
import { SqlFailure } from '../sql-failure.js';

/** Answer is one page of the statement protocol (Trino manual, "Client REST API": QueryResults). */
export interface Answer {
  readonly nextUri: string | undefined;
  readonly columns: readonly Column[] | undefined;
  readonly rows: readonly Row[];
  /** What a statement without rows did: `INSERT`. */
  readonly updateType: string | undefined;
  readonly updateCount: bigint | undefined;
  readonly failure: SqlFailure | undefined;
}

/** answerOf reads a page. */
export function answerOf(page: JsonObject): Answer {
  const { nextUri, columns, data, updateType, updateCount, error } = page;
  return {
    nextUri: textOrNone(nextUri),
    columns: isList(columns) ? columns.map(columnOf) : undefined,
    rows: isList(data) ? data.map((row) => (isList(row) ? row.map(cellOf) : [])) : [],
    updateType: textOrNone(updateType),
    updateCount: typeof updateCount === 'bigint' ? updateCount : undefined,
    failure: isJsonObject(error) ? failureOf(error) : undefined,
  };
}

function columnOf(column: Json): Column {
  const { name, type } = isJsonObject(column) ? column : {};
  const typeName = textOrNone(type) ?? 'unknown';
  return { name: textOrNone(name) ?? '', type: typeName, kind: kindOf(typeName) };
}

function kindOf(type: string): ColumnKind {
  if (/^(bigint|integer|smallint|tinyint)$/.test(type)) return 'LONG';
  if (/^(double|real|decimal\b.*)$/.test(type)) return 'DOUBLE';
  return type === 'boolean' ? 'BOOLEAN' : 'STRING';
}

/** Decimals, dates and times come as text; whole numbers as exact ones. */
function cellOf(cell: Json): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  return exactJsonText(cell);
}

function failureOf(error: JsonObject): SqlFailure {
  const name = textOrNone(error['errorName']) ?? 'UNKNOWN';
  const message = `${textOrNone(error['message']) ?? 'the query failed'} (${name})`;
  if (/^EXCEEDED_(TIME|CPU)_LIMIT$/.test(name)) return new SqlFailure('TIMED_OUT', message);
  const ofUser = error['errorType'] === 'USER_ERROR' && name !== 'USER_CANCELED';
  return new SqlFailure(ofUser ? 'USER_ERROR' : 'PLATFORM_ERROR', message);
}

function textOrNone(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
