import type { Millis } from '@maestro/domain';
import { seededRandom, type Environment } from '@maestro/sel';

const PRIME = 0x100000001b3n;
const BASIS = 0xcbf29ce484222325n;
const MASK = (1n << 64n) - 1n;

/** seedOf is a 64-bit number that depends on nothing but the text (FNV-1a). */
export function seedOf(text: string): bigint {
  let hash = BASIS;
  for (let at = 0; at < text.length; at += 1) hash = ((hash ^ BigInt(text.charCodeAt(at))) * PRIME) & MASK;
  return hash;
}

/**
 * determinedEnvironment is the time, and a chance that follows from what is evaluated: the same evaluation repeated, after a crash
 * or in a worker, gives the same answer. Nothing is computed before an expression asks.
 */
export function determinedEnvironment(nowMs: Millis, purpose: string): Environment {
  let random: (() => number) | undefined;
  return { nowMs, random: () => (random ??= seededRandom(seedOf(purpose)))() };
}

/**
 * uniqueIds answers `params.nextUniqueId()`: one 63-bit number after the other, by the purpose and how often it was asked. Most
 * evaluations never ask, so the purpose is only put into words when one does.
 */
export function uniqueIds(purpose: () => string): () => bigint {
  let calls = 0;
  return () => {
    calls += 1;
    return mixed(seedOf(`${purpose()}#${calls}`)) >> 1n;
  };
}

/** Spreads the bits (SplitMix64's finalizer): neighbours look unrelated, and no two seeds give the same number. */
function mixed(seed: bigint): bigint {
  let value = seed;
  value = ((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  value = ((value ^ (value >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return value ^ (value >> 31n);
}
