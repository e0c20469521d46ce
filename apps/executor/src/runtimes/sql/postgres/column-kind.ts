import { types } from 'pg';
import type { Column, ColumnKind } from '../sql-engine.js';

const { BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC } = types.builtins;

const KINDS: ReadonlyMap<number, ColumnKind> = new Map([
  [BOOL, 'BOOLEAN'],
  [INT2, 'LONG'],
  [INT4, 'LONG'],
  [INT8, 'LONG'],
  [FLOAT4, 'DOUBLE'],
  [FLOAT8, 'DOUBLE'],
  [NUMERIC, 'DOUBLE'],
]);
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(types.builtins).map(([name, oid]) => [oid, name.toLowerCase()]),
);

/** columnOf describes a field of a result; a type that is not built in is shown by its number. */
export function columnOf(field: { readonly name: string; readonly dataTypeID: number }): Column {
  const { name, dataTypeID: oid } = field;
  return { name, type: NAMES.get(oid) ?? `type ${oid}`, kind: KINDS.get(oid) ?? 'STRING' };
}
