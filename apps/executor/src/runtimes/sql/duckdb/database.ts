import {
  DuckDBInstance,
  DuckDBTypeId,
  quotedString,
  StatementType,
  ResultReturnType,
  type DuckDBConnection,
  type DuckDBResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import { RowCollector } from '../row-collector.js';
import type { BoundStatement } from '../script/bind-statement.js';
import type { Column, ColumnKind, StatementResult } from '../sql-engine.js';
import { bindValue } from './bind-value.js';
import type { OpenDatabase } from './worker-messages.js';

const { TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT, HUGEINT, UHUGEINT } = DuckDBTypeId;
const WHOLE: readonly DuckDBTypeId[] = [
  ...[TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER, UBIGINT, HUGEINT, UHUGEINT],
];
const DECIMAL: readonly DuckDBTypeId[] = [DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE, DuckDBTypeId.DECIMAL];

/** openDatabase opens an embedded DuckDB within its limits, which no statement can change afterwards. */
export async function openDatabase(open: OpenDatabase): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(open.path, {
    memory_limit: open.memory,
    threads: String(open.threads),
    access_mode: open.readOnly ? 'READ_ONLY' : 'AUTOMATIC',
  });
  const connection = await instance.connect();
  await connection.run(`set temp_directory = ${quotedString(open.spillDir)}`);
  if (!open.externalAccess) {
    await connection.run(`set allowed_directories = [${open.folders.map(quotedString).join(', ')}]`);
    await connection.run('set enable_external_access = false');
  }
  await connection.run('set lock_configuration = true');
  await connection.run(`set variable maestro_attempt_id = ${quotedString(open.attemptId)}`);
  return connection;
}

/** runStatement runs one statement; rows are streamed, counted, and the first ones kept. */
export async function runStatement(
  connection: DuckDBConnection,
  { text, values }: BoundStatement,
  maxRows: number,
): Promise<StatementResult> {
  const bound = values.map(bindValue);
  const result = await connection.stream(
    text,
    bound.map(([value]) => value),
    bound.map(([, type]) => type),
  );
  const rows = new RowCollector(maxRows);
  const returnsRows = result.returnType === ResultReturnType.QUERY_RESULT;
  for await (const chunk of result) {
    if (returnsRows) for (const row of chunk.getRows()) rows.add(row.map(textOf));
  }
  return {
    command: StatementType[result.statementType],
    rowCount: countOf(result, rows),
    columns: returnsRows ? columnsOf(result) : undefined,
    kept: rows.kept(),
  };
}

function countOf(result: DuckDBResult, rows: RowCollector): bigint | undefined {
  if (result.returnType === ResultReturnType.QUERY_RESULT) return rows.count;
  return result.returnType === ResultReturnType.CHANGED_ROWS ? BigInt(result.rowsChanged) : undefined;
}

function columnsOf(result: DuckDBResult): readonly Column[] {
  return result.columnNames().map((name, index) => ({
    name,
    type: result.columnType(index).toString(),
    kind: kindOf(result.columnTypeId(index)),
  }));
}

function kindOf(type: DuckDBTypeId): ColumnKind {
  if (type === DuckDBTypeId.BOOLEAN) return 'BOOLEAN';
  if (WHOLE.includes(type)) return 'LONG';
  return DECIMAL.includes(type) ? 'DOUBLE' : 'STRING';
}

/** Values print themselves as DuckDB writes them, exactly. */
function textOf(value: DuckDBValue): string | null {
  return value === null ? null : String(value);
}
