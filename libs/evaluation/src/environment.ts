import { seededRandom, type Environment } from '@maestro/sel';

/** environmentOf is the time and chance of a task. */
export function environmentOf({ at, seed }: { readonly at: number; readonly seed: bigint }): Environment {
  return { nowMs: at, random: seededRandom(seed) };
}
