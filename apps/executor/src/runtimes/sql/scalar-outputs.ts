import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import type { SqlCall } from './sql-call.js';
import { SqlFailure } from './sql-failure.js';
import type { Column, StatementResult } from './sql-engine.js';

const WHOLE = /^-?\d{1,19}$/;
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * scalarOutputs are the columns of a first row as output params: those that `outputs` names, else those that are named like a param of the
 * step. NULL is no output. Throws an SqlFailure for a column that `outputs` names and the result has not.
 */
export function scalarOutputs(call: SqlCall, { columns, kept }: StatementResult): ParamDefinitions {
  const { first } = kept;
  if (columns === undefined || first === undefined) return {};
  const outputs = [...wanted(call, columns)].flatMap(([param, name]): [string, ParamDefinition][] => {
    const at = columns.findIndex((column) => column.name === name);
    const column = columns[at];
    if (column === undefined) throw new SqlFailure('USER_ERROR', missing(param, name, columns));
    const cell = first[at] ?? null;
    return cell === null ? [] : [[param, definition(column, cell)]];
  });
  return Object.fromEntries(outputs);
}

function wanted({ outputs, declared }: SqlCall, columns: readonly Column[]): Iterable<readonly [string, string]> {
  if (outputs !== undefined) return outputs;
  return columns.filter(({ name }) => declared.has(name)).map(({ name }) => [name, name] as const);
}

function missing(param: string, name: string, columns: readonly Column[]): string {
  return `The output "${param}" is to be the column "${name}", but the last result has the columns ${columns.map((column) => column.name).join(', ')}.`;
}

/** A decimal number without fraction counts as whole: sums of whole numbers are decimals in Postgres. */
function definition({ kind }: Column, cell: string): ParamDefinition {
  if (kind === 'BOOLEAN') return { type: 'BOOLEAN', value: cell === 'true' || cell === 't' };
  if (kind !== 'STRING' && WHOLE.test(cell)) {
    const value = BigInt(cell);
    if (BigInt.asIntN(64, value) === value) return { type: 'LONG', value };
  }
  return kind !== 'STRING' && NUMBER.test(cell) ? { type: 'DOUBLE', value: cell } : { type: 'STRING', value: cell };
}
