import type { Column } from '@maestro/postgres';

/** rowOf is a row as Postgres would return it that was written with these columns: the same codecs, without the network between. */
export function rowOf<R>(columns: readonly Column<R>[], written: R): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, type, value }) => [name, asRead(type, value(written))]));
}

function asRead(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'bigint':
      return BigInt(value as number | bigint);
    case 'int':
    case 'smallint':
      return Number(value);
    case 'bigint[]':
      return items(value as string).map((item) => (item === 'NULL' ? null : BigInt(item)));
    case 'smallint[]':
      return items(value as string).map(Number);
    default:
      return value;
  }
}

function items(literal: string): string[] {
  const inner = literal.slice(1, -1);
  return inner === '' ? [] : inner.split(',');
}
