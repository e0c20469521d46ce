import type { StepState } from '@maestro/engine';
import type { PermitPlace } from '../ports/wait-reader.js';
import type { Explained } from './explained.js';

/** explainPermit says who holds the permits that an attempt waits for, and its place in line; nothing where it has them by now. */
export function explainPermit(places: readonly PermitPlace[], { ordinal, attempt }: StepState): Partial<Explained> {
  const own = places.filter((place) => place.ordinal === ordinal && place.attempt === attempt);
  if (own.length === 0) return {};
  return { message: `It waits for permits: ${own.map(placeText).join('; ')}.` };
}

function placeText({ tag, limit, held, ahead, holders }: PermitPlace): string {
  const allowed = limit === undefined ? 'has no limit any more' : `${held} of ${limit} are held`;
  const by = holders.length === 0 ? '' : ` by ${holders.join(', ')}${held > holders.length ? ' and others' : ''}`;
  return `tag ${tag}: ${allowed}${by}, and it is number ${ahead + 1n} in line`;
}
