import { arrayLiteral, type ColumnValue } from './array-literal.js';
import type { Statement } from './statement.js';

/** Column is one column of a bulk statement. */
export interface Column<R> {
  readonly name: string;
  /** Its type in Postgres. A type that is itself an array (`bigint[]`) is sent as the text of its literal. */
  readonly type: string;
  readonly value: (row: R) => ColumnValue;
}

/** BulkTable describes the rows of one table for bulk statements. */
export interface BulkTable<R> {
  readonly table: string;
  readonly columns: readonly Column<R>[];
  /** What follows the rows of an insert, for instance `on conflict do nothing`. */
  readonly onConflict?: string;
}

/**
 * bulkInsert inserts all rows in one statement: VALUES for a single row, unnest of one array a column for more. Measured
 * by the prototype: on partitioned tables the scalar form saves 0.3 ms of a one-row commit.
 */
export function bulkInsert<R>(description: BulkTable<R>, rows: readonly R[]): Statement {
  const { table, columns } = description;
  const texts = insertTexts(description);
  const only = rows.length === 1 ? rows[0] : undefined;
  if (only === undefined) return { name: `${table}-insert-n`, text: texts.many, values: arrays(columns, rows) };
  return { name: `${table}-insert-1`, text: texts.one, values: columns.map(({ value }) => scalar(value(only))) };
}

interface Texts {
  readonly one: string;
  readonly many: string;
}

/** Descriptions live as long as the process: their texts are put together once. */
const inserts = new WeakMap<object, Texts>();

function insertTexts<R>(description: BulkTable<R>): Texts {
  const known = inserts.get(description);
  if (known !== undefined) return known;
  const { table, columns, onConflict } = description;
  const names = columns.map(({ name }) => name).join(', ');
  const places = columns.map(({ type }, index) => `$${String(index + 1)}::${type}`).join(', ');
  const conflict = onConflict === undefined ? '' : ` ${onConflict}`;
  const texts = {
    one: `insert into ${table} (${names}) values (${places})${conflict}`,
    many: `insert into ${table} (${names}) select ${selected(columns)} from ${unnested(columns)}${conflict}`,
  };
  inserts.set(description, texts);
  return texts;
}

/** bulkUpdate sets the `set` columns of the rows found by the `keys` columns, in one statement. */
export function bulkUpdate<R>(
  table: string,
  keys: readonly Column<R>[],
  set: readonly Column<R>[],
  rows: readonly R[],
): Statement {
  const columns = [...keys, ...set];
  const only = rows.length === 1 ? rows[0] : undefined;
  if (only !== undefined) {
    const place = (index: number, { type }: Column<R>): string => `$${String(index + 1)}::${type}`;
    const sets = set.map((column, index) => `${column.name} = ${place(keys.length + index, column)}`).join(', ');
    const where = keys.map((column, index) => `${column.name} = ${place(index, column)}`).join(' and ');
    return {
      name: `${table}-update-1`,
      text: `update ${table} set ${sets} where ${where}`,
      values: columns.map(({ value }) => scalar(value(only))),
    };
  }
  const sets = set.map(({ name, type }) => `${name} = u.${name}${castOf(type)}`).join(', ');
  const where = keys.map(({ name }) => `t.${name} = u.${name}`).join(' and ');
  return {
    name: `${table}-update-n`,
    text: `update ${table} t set ${sets} from ${unnested(columns)} where ${where}`,
    values: arrays(columns, rows),
  };
}

/** bulkDelete deletes the rows found by the `keys` columns, in one statement. */
export function bulkDelete<R>(table: string, keys: readonly Column<R>[], rows: readonly R[]): Statement {
  const where = keys.map(({ name }) => `t.${name} = u.${name}`).join(' and ');
  return {
    name: `${table}-delete-n`,
    text: `delete from ${table} t using ${unnested(keys)} where ${where}`,
    values: arrays(keys, rows),
  };
}

function selected<R>(columns: readonly Column<R>[]): string {
  return columns.map(({ name, type }) => `u.${name}${castOf(type)}`).join(', ');
}

function unnested<R>(columns: readonly Column<R>[]): string {
  const places = columns.map(({ type }, index) => `$${String(index + 1)}::${elementType(type)}[]`).join(', ');
  return `unnest(${places}) as u(${columns.map(({ name }) => name).join(', ')})`;
}

const isArray = (type: string): boolean => type.endsWith('[]');
const elementType = (type: string): string => (isArray(type) ? 'text' : type);
const castOf = (type: string): string => (isArray(type) ? `::${type}` : '');

function arrays<R>(columns: readonly Column<R>[], rows: readonly R[]): string[] {
  return columns.map(({ value }) => arrayLiteral(rows.map(value)));
}

function scalar(value: ColumnValue): ColumnValue | Buffer {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}
