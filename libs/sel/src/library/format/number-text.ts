import { decimalOf, plainParts, roundedTo, scientificParts } from './decimal.js';
import type { Directive } from './directive.js';

/** NumberText is a number ready for padding: zeros of `%05d` go between sign and body. */
export interface NumberText {
  readonly sign: string;
  readonly body: string;
  readonly end: string;
}

const DEFAULT_PRECISION = 6;

/** longText writes a LONG for `%d`, `%x` (two's complement of 64 bits) or `%o`. */
export function longText(value: bigint, { conversion, flags }: Directive): NumberText {
  if (conversion === 'd') return signed(value < 0n, groupedIf(flags, String(value < 0n ? -value : value)), flags);
  const bits = BigInt.asUintN(64, value);
  const prefix = flags.has('#') ? (conversion === 'x' ? '0x' : '0') : '';
  return { sign: prefix, body: bits.toString(conversion === 'x' ? 16 : 8), end: '' };
}

/** doubleText writes a finite DOUBLE for `%f`, `%e` or `%g`. */
export function doubleText(value: number, directive: Directive): NumberText {
  const negative = value < 0 || Object.is(value, -0);
  return signed(negative, magnitude(Math.abs(value), directive), directive.flags);
}

/** precisionOf is the number of digits that a floating-point directive asks for. */
export function precisionOf({ precision, conversion }: Directive): number {
  if (conversion === 'g' && precision === 0) return 1;
  return precision ?? DEFAULT_PRECISION;
}

function magnitude(value: number, directive: Directive): string {
  const precision = precisionOf(directive);
  switch (directive.conversion) {
    case 'f':
      return plain(value, precision, directive.flags);
    case 'e':
      return scientific(value, precision, directive.flags);
    default:
      return general(value, precision, directive.flags);
  }
}

function plain(value: number, precision: number, flags: ReadonlySet<string>): string {
  const [whole, fraction] = plainParts(decimalOf(value), precision);
  return withPoint(groupedIf(flags, whole), fraction, flags);
}

function scientific(value: number, precision: number, flags: ReadonlySet<string>): string {
  const [whole, fraction, exponent] = scientificParts(decimalOf(value), precision);
  const power = String(Math.abs(exponent)).padStart(2, '0');
  return `${withPoint(whole, fraction, flags)}e${exponent < 0 ? '-' : '+'}${power}`;
}

/** After rounding to the precision: plain from 10^-4 up to 10^precision, scientific outside, as Java's `%g`. */
function general(value: number, precision: number, flags: ReadonlySet<string>): string {
  if (value === 0) return plain(value, precision - 1, flags);
  const exponent = roundedTo(decimalOf(value), precision).point - 1;
  if (exponent < -4 || exponent >= precision) return scientific(value, precision - 1, flags);
  return plain(value, precision - exponent - 1, flags);
}

function withPoint(whole: string, fraction: string, flags: ReadonlySet<string>): string {
  return fraction === '' && !flags.has('#') ? whole : `${whole}.${fraction}`;
}

function groupedIf(flags: ReadonlySet<string>, whole: string): string {
  return flags.has(',') ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : whole;
}

function signed(negative: boolean, body: string, flags: ReadonlySet<string>): NumberText {
  if (negative) return flags.has('(') ? { sign: '(', body, end: ')' } : { sign: '-', body, end: '' };
  return { sign: flags.has('+') ? '+' : flags.has(' ') ? ' ' : '', body, end: '' };
}
