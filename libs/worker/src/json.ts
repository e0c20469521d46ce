import { isInteger, isSafeNumber, parse, stringify } from 'lossless-json';
import type { Value, Values } from './step-context.js';

/** Only a number of so many digits may be rounded by JSON.parse, which is ten times faster. */
const LONG_NUMBER = /\d{16}/;

/** readValues reads a UTF-8 JSON object; empty = none. */
export function readValues(bytes: Uint8Array): Values {
  if (bytes.length <= '{}'.length) return {};
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!LONG_NUMBER.test(text)) return JSON.parse(text) as Values;
  return parse(text, null, { parseNumber: readNumber }) as Values;
}

function readNumber(text: string): number | bigint {
  return isInteger(text) && !isSafeNumber(text) ? BigInt(text) : Number(text);
}

/** writeJson is a value as UTF-8 JSON. Throws a TypeError for what JSON does not have. */
export function writeJson(value: Value): Uint8Array {
  const text = stringify(value);
  if (text === undefined) throw new TypeError('it is not a JSON value');
  return Buffer.from(text, 'utf8');
}
