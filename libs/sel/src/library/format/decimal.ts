/** Decimal is a number above or equal to zero as decimal digits: 0.d1d2d3.. times ten to the power of `point`. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** decimalOf gives the shortest digits that name the DOUBLE (finite, not negative), as Double.toString shows them. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/**
 * roundedTo keeps so many digits and rounds half up: Java's Formatter rounds the shortest digits, so that 1.005 becomes
 * 1.01 although the binary number is below it.
 */
export function roundedTo({ digits, point }: Decimal, keep: number): Decimal {
  if (keep >= digits.length) return { digits, point };
  if (keep < 0) return { digits: '0', point: 1 };
  const up = digits.charAt(keep) >= '5';
  const kept = digits.slice(0, keep);
  if (!up) return keep === 0 ? { digits: '0', point: 1 } : { digits: kept, point };
  const nines = /9*$/.exec(kept)?.[0].length ?? 0;
  if (nines === kept.length) return { digits: '1', point: point + 1 };
  const last = kept.length - nines - 1;
  return { digits: `${kept.slice(0, last)}${Number(kept.charAt(last)) + 1}`, point };
}

/** plainParts writes a decimal without exponent: digits before the point, and exactly `precision` after it. */
export function plainParts(decimal: Decimal, precision: number): readonly [whole: string, fraction: string] {
  const { digits, point } = roundedTo(decimal, decimal.point + precision);
  if (point <= 0)
    return ['0', `${'0'.repeat(Math.min(-point, precision))}${digits}`.slice(0, precision).padEnd(precision, '0')];
  return [digits.slice(0, point).padEnd(point, '0'), digits.slice(point).padEnd(precision, '0')];
}

/** scientificParts writes a decimal with one digit before the point, `precision` after it, and the power of ten. */
export function scientificParts(
  decimal: Decimal,
  precision: number,
): readonly [whole: string, fraction: string, exponent: number] {
  const { digits, point } = roundedTo(decimal, precision + 1);
  const exponent = /^0*$/.test(digits) ? 0 : point - 1;
  return [digits.charAt(0), digits.slice(1).padEnd(precision, '0'), exponent];
}
