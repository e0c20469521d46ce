import type { Decimal, Json } from '@maestro/domain';

/** DecimalText is a decimal number of a document, kept exactly as it was written. */
export class DecimalText {
  constructor(readonly text: Decimal) {}
}

/** Raw is a parsed document before it is read: Json whose decimals may still be text. */
export type Raw = null | boolean | number | bigint | string | DecimalText | readonly Raw[] | RawObject;

/** RawObject is an object of a document; keys of any name are its own members. */
export interface RawObject {
  readonly [key: string]: Raw | undefined;
}

/** isRawObject tells an object from lists and decimals. */
export function isRawObject(raw: Raw | undefined): raw is RawObject {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) && !(raw instanceof DecimalText);
}

/** MAX_NESTING is far more than any definition needs, and far less than a stack holds. */
export const MAX_NESTING = 200;

/** isDeeperThan says whether lists and objects lie in one another more than `levels` times. */
export function isDeeperThan(raw: Raw | undefined, levels: number): boolean {
  if (typeof raw !== 'object' || raw === null || raw instanceof DecimalText) return false;
  if (levels === 0) return true;
  return Object.values(raw).some((member) => isDeeperThan(member, levels - 1));
}

/** decimalOf is the text of a double; a whole one keeps its `.0`, so that it stays a decimal when it is read again. */
export function decimalOf(value: number): Decimal {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

/** decimalToJson writes a decimal as a number where a double holds it as written, else as text: nothing is rounded. */
export function decimalToJson(decimal: Decimal): Json {
  if (/^-?(0|[1-9]\d*)$/.test(decimal) && decimal !== '-0') return BigInt(decimal);
  const value = Number(decimal);
  return decimalOf(value) === decimal ? value : decimal;
}

/** rawToJson turns free-form parts of a document (meta, attributes, payload) into Json. */
export function rawToJson(raw: Raw): Json {
  if (raw instanceof DecimalText) return Number(raw.text);
  if (Array.isArray(raw)) return raw.map(rawToJson);
  if (!isRawObject(raw)) return raw as Exclude<Raw, DecimalText | RawObject | readonly Raw[]>;
  const present = Object.entries(raw).filter(([, member]) => member !== undefined && member !== null);
  return Object.fromEntries(present.map(([key, member]) => [key, rawToJson(member as Raw)]));
}
