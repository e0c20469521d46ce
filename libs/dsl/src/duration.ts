/** Units of the specification; the plurals `mins`, `secs`, `hr(s)` mean the same to the original, which skips the rest of a word. */
const MILLIS: readonly (readonly [units: readonly string[], millis: bigint])[] = [
  [['d', 'day', 'days'], 86_400_000n],
  [['h', 'hr', 'hrs', 'hour', 'hours'], 3_600_000n],
  [['min', 'mins', 'minute', 'minutes'], 60_000n],
  [['s', 'sec', 'secs', 'second', 'seconds'], 1_000n],
  [['ms', 'millisecond', 'milliseconds'], 1n],
];
const UNITS: ReadonlyMap<string, bigint> = new Map(
  MILLIS.flatMap(([units, millis]) => units.map((unit) => [unit, millis] as const)),
);

const PART = /\s*(\d{1,18}) ?([a-z]+)\s*/iy;

/**
 * parseDuration reads "2h 30min", "10 minutes 5 seconds" or "90" (a plain number means seconds) as milliseconds;
 * undefined when the text is no duration. (The original skips what it does not understand.)
 */
export function parseDuration(text: string): bigint | undefined {
  if (/^\s*\d{1,18}\s*$/.test(text)) return BigInt(text.trim()) * 1_000n;
  let total = 0n;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const [, amount, unit] = PART.exec(text) ?? [];
    const millis = UNITS.get(unit?.toLowerCase() ?? '');
    if (amount === undefined || millis === undefined) return undefined;
    total += BigInt(amount) * millis;
  }
  return text.length === 0 ? undefined : total;
}
