/** Digits and sign of the longest LONG. */
const LONGEST_LONG = 20;

/** numberFrom reads a JSON number: a LONG when it is written as an integer of 64 bits, else a DOUBLE; undefined when it fits neither. */
export function numberFrom(text: string): bigint | number | undefined {
  if (/[.eE]/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (text.length > LONGEST_LONG) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}
