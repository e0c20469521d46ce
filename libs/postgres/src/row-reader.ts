import type { DataRow, RowDescription } from './wire-connection.js';
import type { Row } from './statement.js';
import { typeParser, type TypeParser } from './type-parsers.js';

interface Column {
  readonly name: string;
  readonly parse: TypeParser;
}

/** RowReader turns rows of text into rows of values. */
export type RowReader = (row: DataRow) => Row;

/** rowReader looks the parsers of a statement's columns up once. */
export function rowReader(description: RowDescription): RowReader {
  const columns = description.fields.map((field): Column => ({
    name: field.name,
    parse: typeParser(field.dataTypeID),
  }));
  return ({ fields }) => {
    const row: Record<string, unknown> = {};
    columns.forEach((column, index) => {
      const text = fields[index] ?? null;
      row[column.name] = text === null ? null : column.parse(text);
    });
    return row;
  };
}
