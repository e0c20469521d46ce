import type { Codec } from '../../reading/codec.js';
import { object, optional, required } from '../../reading/object.js';
import { text } from '../../reading/scalars.js';
import { retryPolicy } from '../retry.js';
import { commonFields, type Members } from './common.js';

/** canonicalType spells a registered step type the canonical way; others stay as they were written. */
export function canonicalType(type: string, known: ReadonlySet<string>): string {
  if (known.has(type)) return type;
  for (const each of known) if (each.toLowerCase() === type.toLowerCase()) return each;
  return type;
}

const stepType: Codec<string> = {
  read: (cursor) =>
    typeof cursor.raw === 'string'
      ? canonicalType(cursor.raw, cursor.reading.stepTypes)
      : cursor.expected('a step type'),
  write: (value) => value,
};

/** leaf: a step that does work itself. */
export const leaf = object<Members<'step'>>({
  ...commonFields,
  type: required(stepType, ''),
  subType: optional(text),
  subTypeVersion: optional(text),
  retryPolicy: optional(retryPolicy),
});
