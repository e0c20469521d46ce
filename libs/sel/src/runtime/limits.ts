/** Limits bound one evaluation. Running out of fuel or memory ends it as `exhausted`; the others are errors of kind `limit`. */
export interface Limits {
  /** Visited nodes, and what methods handle: about one unit for 64 characters or items. */
  readonly fuel: number;
  /** Bytes, never given back: 32 for an object and 2 for a character. */
  readonly memory: number;
  /** One loop may run fewer times than this. */
  readonly loop: number;
  /** An array has fewer items than this. */
  readonly array: number;
  /** Operands that wait for their operator, method or array literal. */
  readonly stack: number;
  /** The text has fewer characters than this. */
  readonly length: number;
}

/** MAX_TEXT_CHARS is the original's limit of the text: it has fewer characters than this. */
export const MAX_TEXT_CHARS = 10_000;

/** SHAPE is the original's; the operands of a text that fits its length always fit. */
const SHAPE = { loop: 25_001, array: 25_001, stack: 25_001, length: MAX_TEXT_CHARS };

/**
 * PRESETS: IN_PLACE is what may be spent inside a decision (well under a millisecond); FULL is what an evaluation apart from a decision gets,
 * the original's limits.
 */
export const PRESETS: Readonly<Record<'IN_PLACE' | 'FULL', Limits>> = {
  IN_PLACE: { ...SHAPE, fuel: 10_000, memory: 1_000_000 },
  FULL: { ...SHAPE, fuel: 100_000_000, memory: 100_000_000 },
};
