import type { Json } from '@maestro/domain';
import { parse } from 'lossless-json';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A whole double keeps a `.0`, so that it is read back as a double and not as an integer. */
function writeNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1e999' : '-1e999';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function write(value: Json): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'number':
      return writeNumber(value);
    default:
      return value === null ? 'null' : writeContainer(value);
  }
}

function writeContainer(value: object): string {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return `[${items.map(write).join(',')}]`;
  }
  const members = value as Record<string, Json | undefined>;
  let text = '';
  for (const key of Object.keys(members)) {
    const member = members[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(member)}`;
  }
  return `{${text}}`;
}

const readNumber = (text: string): number | bigint => (/[.eE]/.test(text) ? Number(text) : BigInt(text));

/**
 * exactJsonText writes JSON in which whole numbers are exact 64-bit integers (bigint) and doubles always carry a `.` or
 * an exponent, so that reading it back gives the same types. NaN becomes null, as in JSON.stringify.
 */
export function exactJsonText(value: Json): string {
  return write(value);
}

/** encodeExactJson is `exactJsonText` as UTF-8. */
export function encodeExactJson(value: Json): Uint8Array {
  return encoder.encode(write(value));
}

/** A whole number, or something in a string that looks like one. */
const WHOLE_NUMBER = /(?:^|[:,[\s])-?\d+(?![\d.eE])/;

/** parseExactJson reverses `exactJsonText`; throws SyntaxError for text that is not JSON. */
export function parseExactJson(text: string): Json {
  // Without a whole number there is nothing to keep exact, and the platform's parser is several times faster.
  return (WHOLE_NUMBER.test(text) ? parse(text, undefined, readNumber) : JSON.parse(text)) as Json;
}

/** decodeExactJson reverses `encodeExactJson`; throws SyntaxError or TypeError for bytes that are not UTF-8 JSON. */
export function decodeExactJson(bytes: Uint8Array): Json {
  return parseExactJson(decoder.decode(bytes));
}
