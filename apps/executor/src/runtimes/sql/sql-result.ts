import type { Json, JsonObject } from '@maestro/domain';
import { encodeExactJson, encodeParamDefinitions } from '@maestro/wire';
import type { RuntimeResult } from '../runtime.js';
import { tagOf, type StatementEnd } from './run-script.js';
import { scalarOutputs } from './scalar-outputs.js';
import type { SqlCall } from './sql-call.js';
import { SqlFailure } from './sql-failure.js';

/** sqlResult is the end of a script that ran whole. */
export function sqlResult(call: SqlCall, ends: readonly StatementEnd[]): RuntimeResult {
  const last = lastResult(ends);
  const artifactsJson = artifact(call, ends);
  try {
    const outputs = last === undefined ? {} : scalarOutputs(call, last);
    return { outcome: 'DONE', artifactsJson, outputParamsJson: encodeParamDefinitions(outputs) };
  } catch (error) {
    return { ...failed(error), artifactsJson };
  }
}

/** sqlFailed is the end of a script that did not run whole; `ends` are the statements before the one that failed. */
export function sqlFailed(call: SqlCall, ends: readonly StatementEnd[], error: unknown): RuntimeResult {
  return { ...failed(error), artifactsJson: artifact(call, ends, messageOf(error)) };
}

/** failed is the class and message of a failure; what nobody has classified is the platform's. */
export function failed(error: unknown): RuntimeResult {
  return { outcome: error instanceof SqlFailure ? error.outcome : 'PLATFORM_ERROR', message: messageOf(error) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function lastResult(ends: readonly StatementEnd[]): StatementEnd | undefined {
  return ends.findLast(({ columns }) => columns !== undefined);
}

/** Cells are text or null, exactly as the engine writes them: no number passes through a double. */
function artifact(call: SqlCall, ends: readonly StatementEnd[], error?: string): Uint8Array {
  const last = lastResult(ends);
  return encodeExactJson({
    maestro_sql: {
      type: 'SQL',
      connection: call.connection,
      status: error === undefined ? 'SUCCESS' : 'FAILED',
      ...(error === undefined ? {} : { error: error.slice(0, 2_000) }),
      statements: ends.map(summary),
      ...(last === undefined ? {} : rowsOf(last)),
    },
  });
}

function summary(end: StatementEnd): Json {
  const { line, rowCount, durationMs } = end;
  return {
    line: BigInt(line),
    command: tagOf(end),
    ...(rowCount === undefined ? {} : { row_count: rowCount }),
    duration_ms: BigInt(durationMs),
  };
}

function rowsOf({ columns = [], kept }: StatementEnd): JsonObject {
  return {
    columns: columns.map(({ name, type }) => ({ name, type })),
    rows: kept.rows,
    truncated: kept.truncated,
  };
}
