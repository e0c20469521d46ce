import type { Json, JsonObject } from '@maestro/domain';
import { parseDuration } from '@maestro/params';
import type { Task } from '@maestro/proto/maestro/executor/v1/task';
import { isJsonObject, paramsOf, textOf } from '../params.js';
import type { BindValues } from './script/bind-statement.js';
import { SqlFailure } from './sql-failure.js';

/** SqlCall is what a step asks for. */
export interface SqlCall {
  readonly sql: string;
  readonly connection: string;
  readonly values: BindValues;
  /** Column by output param; undefined: every column that is named like a param of the step. */
  readonly outputs: ReadonlyMap<string, string> | undefined;
  /** Params of the step that may be outputs. */
  readonly declared: ReadonlySet<string>;
  readonly maxRows: number;
  /** Undefined: as the engine and the script suggest. */
  readonly transaction: boolean | undefined;
  readonly statementTimeoutMs: number | undefined;
}

/** Params that shape the step itself: neither bound nor outputs. */
const OWN_PARAMS: ReadonlySet<string> = new Set([
  ...['sql', 'connection', 'binds', 'outputs', 'max_rows', 'transaction', 'statement_timeout'],
]);
const DEFAULT_MAX_ROWS = 100n;
const MOST_ROWS = 10_000n;

/** sqlCallOf reads the params of an Sql step. Throws an SqlFailure that says what is wrong with them. */
export function sqlCallOf(task: Task, attemptId: string): SqlCall {
  const params = paramsOf(task);
  const own = Object.entries(params).filter(([name]) => !OWN_PARAMS.has(name));
  const binds = mapOf(params, 'binds');
  return {
    sql: requiredText(params, 'sql'),
    connection: requiredText(params, 'connection'),
    values: {
      byName: new Map([...identity(task, attemptId), ...present(own), ...present(Object.entries(binds))]),
      inOrder: Object.values(binds).map((value) => value ?? null),
    },
    outputs: params['outputs'] == null ? undefined : outputsOf(mapOf(params, 'outputs')),
    declared: new Set(own.map(([name]) => name)),
    maxRows: maxRowsOf(params['max_rows'] ?? DEFAULT_MAX_ROWS),
    transaction: transactionOf(params['transaction']),
    statementTimeoutMs: timeoutOf(params['statement_timeout']),
  };
}

/** What a statement needs to be repeatable: written beside the data, it tells that the data are there. */
function identity(task: Task, attemptId: string): [string, Json][] {
  return [
    ['maestro_attempt_id', attemptId],
    ['maestro_workflow_id', task.workflowId],
    ['maestro_instance_id', task.workflowInstanceId],
    ['maestro_run_id', task.workflowRunId],
    ['maestro_step_id', task.stepId],
  ];
}

function present(entries: readonly (readonly [string, Json | undefined])[]): [string, Json][] {
  return entries.flatMap(([name, value]): [string, Json][] => (value === undefined ? [] : [[name, value]]));
}

function outputsOf(map: JsonObject): ReadonlyMap<string, string> {
  return new Map(present(Object.entries(map)).map(([param, column]) => [param, textOf(column)]));
}

function requiredText(params: JsonObject, name: string): string {
  const value = params[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new SqlFailure('FATAL_ERROR', `The param "${name}" must be a STRING that is not empty.`);
}

function mapOf(params: JsonObject, name: string): JsonObject {
  const value = params[name] ?? {};
  if (isJsonObject(value)) return value;
  throw new SqlFailure('FATAL_ERROR', `The param "${name}" must be a map.`);
}

function maxRowsOf(value: Json): number {
  if (typeof value === 'bigint' && value >= 0n && value <= MOST_ROWS) return Number(value);
  throw new SqlFailure('FATAL_ERROR', `The param "max_rows" must be a LONG from 0 to ${MOST_ROWS}.`);
}

function transactionOf(value: Json | undefined): boolean | undefined {
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  throw new SqlFailure('FATAL_ERROR', 'The param "transaction" must be a BOOLEAN.');
}

function timeoutOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const ms = Number(parseDuration(textOf(value)) ?? 0n);
  if (ms > 0 && ms < 2 ** 31) return ms;
  throw new SqlFailure(
    'FATAL_ERROR',
    `The param "statement_timeout" is "${textOf(value)}"; give a time such as "30 seconds" or "2h 30min".`,
  );
}
