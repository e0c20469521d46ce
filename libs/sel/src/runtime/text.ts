import { isDataArray, type SelData } from './data.js';
import { Fault } from './error.js';
import { allocateText, burn, type Machine } from './machine.js';
import { MAX_NESTING, SelArray, SelMap, SelObject, type SelScalar, type SelValue } from './value.js';

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

/**
 * textOf writes a value as string concatenation shows it; arrays and maps as JSON. Charges for what it makes before it
 * makes it; the text of a STRING is the STRING itself and costs nothing.
 */
export function textOf(value: SelValue, machine: Machine, at: number): string {
  if (typeof value === 'string') return value;
  if (value instanceof SelObject) return charged(value.text(), machine, at);
  return typeof value === 'object' && value !== null ? jsonOf(value, machine, at) : scalarText(value);
}

/** scalarText writes a scalar or NULL: at most 25 characters, or those of the STRING. */
export function scalarText(value: SelScalar | null): string {
  return typeof value === 'number' ? doubleText(value) : String(value);
}

/**
 * jsonOf writes a value as JSON with exact 64-bit integers; doubles that JSON cannot hold become strings, as do dates and
 * the like. Charges for each part before it makes it; refuses maps that contain themselves.
 */
export function jsonOf(value: SelValue, machine: Machine, at: number): string {
  return jsonAt(value, machine, at, 0);
}

function jsonAt(value: SelValue, machine: Machine, at: number, depth: number): string {
  if (depth > MAX_NESTING) {
    throw new Fault('limit', `a map is nested more than ${MAX_NESTING} levels deep or contains itself`, at);
  }
  if (value instanceof SelArray) return list('[', value.items, (item) => scalarJson(item, machine, at), ']');
  if (value instanceof SelMap) {
    const entry = ([key, item]: [string, SelValue]): string =>
      `${scalarJson(key, machine, at)}:${jsonAt(item, machine, at, depth + 1)}`;
    return list('{', [...value.entries], entry, '}');
  }
  return scalarJson(value instanceof SelObject ? value.text() : value, machine, at);
}

function list<T>(open: string, items: readonly T[], write: (item: T) => string, close: string): string {
  return `${open}${items.map(write).join(',')}${close}`;
}

/** The parts of a JSON text are small objects of their own until they are joined. */
function scalarJson(value: SelScalar | null, machine: Machine, at: number): string {
  burn(machine, 1);
  allocateText(machine, typeof value === 'string' ? value.length : LONGEST_NUMBER, at);
  return plainJson(value);
}

const LONGEST_NUMBER = 24;

function plainJson(value: SelScalar | null): string {
  if (typeof value === 'number') return Number.isFinite(value) ? doubleText(value) : `"${String(value)}"`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function charged(text: string, machine: Machine, at: number): string {
  allocateText(machine, text.length, at);
  return text;
}

/** dataText writes a host's value as textOf does. */
export function dataText(data: SelData): string {
  if (typeof data === 'string') return data;
  return typeof data === 'number' ? doubleText(data) : dataJson(data);
}

/** dataJson writes a host's value as jsonOf does. */
export function dataJson(data: SelData): string {
  if (typeof data !== 'object' || data === null) return plainJson(data);
  if (isDataArray(data)) return list('[', data, plainJson, ']');
  return list('{', [...data], ([key, item]) => `${JSON.stringify(key)}:${dataJson(item)}`, '}');
}
