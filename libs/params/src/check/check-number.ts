import type { ParsableLong } from '@maestro/domain';
import { checkTemplate } from './check-text.js';
import { lookupName } from './names.js';
import type { Place } from './place.js';
import type { DefinitionProblem } from './problem.js';

const ONE_REFERENCE = /^\s*\$(?:\{([a-zA-Z][-_./a-zA-Z0-9]*)\}|([a-zA-Z][_a-zA-Z0-9]*))\s*$/;
const NUMBERS: readonly string[] = ['STRING', 'LONG', 'UNKNOWN'];

/** checkNumber checks the references in a timeout, a wait or a count, and that what they give can be a whole number. */
export function checkNumber(value: ParsableLong | undefined, path: string, place: Place): readonly DefinitionProblem[] {
  if (typeof value !== 'string') return [];
  const { problems } = checkTemplate({ text: value, path, place });
  const reference = ONE_REFERENCE.exec(value);
  const name = reference?.[1] ?? reference?.[2];
  if (problems.length > 0 || name === undefined) return problems;
  const known = lookupName(place, name);
  if (!('type' in known) || NUMBERS.includes(known.type)) return [];
  return [
    { path, message: `needs a whole number or text, but ${name} is a ${known.type}`, kind: 'type', certain: true },
  ];
}
