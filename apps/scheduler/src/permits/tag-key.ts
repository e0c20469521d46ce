import type { TagKey } from '../rows/permit-rows.js';

/** tagKey is a tag as the key of a map. */
export function tagKey({ tenant, name }: TagKey): string {
  return `${tenant}\n${name}`;
}
