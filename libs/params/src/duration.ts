/** UNIT_MS maps every unit word of the duration grammar to its length. */
const UNIT_MS: ReadonlyMap<string, bigint> = new Map(
  (
    [
      [86_400_000n, ['d', 'day', 'days']],
      [3_600_000n, ['h', 'hr', 'hrs', 'hour', 'hours']],
      [60_000n, ['min', 'mins', 'minute', 'minutes']],
      [1_000n, ['s', 'sec', 'secs', 'second', 'seconds']],
      [1n, ['ms', 'millisecond', 'milliseconds']],
    ] as const
  ).flatMap(([length, words]) => words.map((word) => [word, length] as const)),
);

/** More digits than any sensible duration; keeps the arithmetic small for hostile text. */
const MAX_DIGITS = 15;

const PLAIN_NUMBER = new RegExp(`^\\d{1,${MAX_DIGITS}}$`);
const PART = new RegExp(`(\\d{1,${MAX_DIGITS}}) ?([a-z]+)\\s*`, 'y');

/**
 * parseDuration reads a duration such as `2h 30min`, `10 minutes` or `90` (a plain number means seconds) and returns
 * milliseconds. Units are case-insensitive (spec 1.8); `mins`, `secs`, `hr` and `hrs`, which definitions for the original hold,
 * mean what they say. Anything else is `undefined`: the original ignores text it does not know, so that a typing error
 * shortens a timeout without a word; here the caller can reject it.
 */
export function parseDuration(text: string): bigint | undefined {
  const trimmed = text.trim().toLowerCase();
  if (PLAIN_NUMBER.test(trimmed)) return BigInt(trimmed) * 1_000n;
  return trimmed === '' ? undefined : sumOfParts(trimmed);
}

function sumOfParts(text: string): bigint | undefined {
  const part = new RegExp(PART);
  let total = 0n;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    const unit = UNIT_MS.get(match?.[2] ?? '');
    if (!match || unit === undefined) return undefined;
    total += BigInt(match[1] ?? '') * unit;
  }
  return total;
}
