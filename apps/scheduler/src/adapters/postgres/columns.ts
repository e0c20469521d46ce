import type { Millis } from '@maestro/domain';
import type { Column, ColumnValue } from '@maestro/postgres';

/** column describes one column of a bulk statement. */
export function column<R>(name: string, type: string, value: (row: R) => ColumnValue): Column<R> {
  return { name, type, value };
}

/** Postgres has no `undefined`. */
export const orNull = <T extends ColumnValue>(value: T | undefined): T | null => value ?? null;

/** A time column: bigint milliseconds, null = not yet. */
export function timeOf(value: unknown): Millis | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

/** present drops members that are undefined, so that optional members stay absent. */
export function present<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
