import { HostError } from './error.js';

/** Environment is what comes in from outside besides names: time and randomness. */
export interface Environment {
  /** Milliseconds since the epoch; the same during a whole evaluation. */
  readonly nowMs: number;
  /** The next random number of [0, 1). */
  random(): number;
}

/** NO_ENVIRONMENT is for texts that need neither time nor chance: asking for them is an error. */
export const NO_ENVIRONMENT: Environment = {
  get nowMs(): number {
    throw new HostError('the current time is not available here');
  },
  random(): number {
    throw new HostError('random numbers are not available here');
  },
};

const MASK = (1n << 64n) - 1n;

/** seededRandom gives the same sequence for the same seed (SplitMix64), so that an evaluation can be repeated. */
export function seededRandom(seed: bigint): () => number {
  let state = seed & MASK;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & MASK;
    let mixed = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return Number((mixed ^ (mixed >> 31n)) >> 11n) / 2 ** 53;
  };
}
