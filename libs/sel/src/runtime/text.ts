import { isSelArray, type SelValue } from './value.js';

/** doubleText writes a DOUBLE as Java's `Double.toString` does: `1.0`, `1.5E10`, `Infinity`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e7 ? plainText(value) : scientificText(value);
}

function plainText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function scientificText(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}

/** textOf writes a value as string concatenation shows it; arrays and maps as JSON. */
export function textOf(value: SelValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? doubleText(value) : jsonOf(value);
}

/** jsonOf writes a value as JSON with exact 64-bit integers; doubles that JSON cannot hold become strings. */
export function jsonOf(value: SelValue): string {
  if (typeof value === 'number') return Number.isFinite(value) ? doubleText(value) : `"${String(value)}"`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (isSelArray(value)) return `[${value.map((item) => jsonOf(item)).join(',')}]`;
  return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${jsonOf(item)}`).join(',')}}`;
}
