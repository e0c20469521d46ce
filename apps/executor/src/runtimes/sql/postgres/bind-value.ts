import type { Json } from '@maestro/domain';
import { textOf } from '../../params.js';

/** bindValue is a param as `pg` sends it: text whose type the server infers; lists become arrays, maps JSON. */
export function bindValue(value: Json): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  return isList(value) ? value.map(bindValue) : textOf(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
