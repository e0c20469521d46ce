import { seededRandom } from '../runtime/environment.js';

/** Dice are random choices that a seed repeats. */
export interface Dice {
  /** One of 0 .. count - 1. */
  below(count: number): number;
  one<T>(choices: readonly T[]): T;
}

/** diceOf gives the dice of a seed. */
export function diceOf(seed: bigint): Dice {
  const random = seededRandom(seed);
  const below = (count: number): number => Math.floor(random() * count);
  return { below, one: <T>(choices: readonly T[]) => choices[below(choices.length)] as T };
}
