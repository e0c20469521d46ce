import { HOUR, MINUTE, SECOND } from './civil.js';

/** `+hh`, `+hhmm`, `+hhmmss`, `+hhmmssSSS` or with colons and a point. */
const OFFSET = /([+-])([01]\d|2[0-3])(?::([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?|([0-5]\d)(?:([0-5]\d)(\d{1,3})?)?)?/y;

/** ScannedOffset is an offset in milliseconds and the position behind its text. */
export interface ScannedOffset {
  readonly offset: number;
  readonly end: number;
}

/** scanOffset reads an offset such as `+01:00` at a position; undefined when there is none. */
export function scanOffset(text: string, position: number): ScannedOffset | undefined {
  OFFSET.lastIndex = position;
  const match = OFFSET.exec(text);
  if (!match) return undefined;
  const [whole, sign, hours, minutes = match[6], seconds = match[7], millis = match[8] ?? ''] = match;
  const size = count(hours) * HOUR + count(minutes) * MINUTE + count(seconds) * SECOND + count(millis.padEnd(3, '0'));
  return { offset: sign === '-' ? 0 - size : size, end: position + whole.length };
}

function count(digits = '0'): number {
  return Number(digits);
}

/** offsetText writes an offset as `+01:00`; seconds and milliseconds only where there are any. */
export function offsetText(offset: number, separator: string): string {
  const size = Math.abs(offset);
  const seconds = Math.floor((size % MINUTE) / SECOND);
  const millis = size % SECOND;
  const parts = [offset < 0 ? '-' : '+', pair(size / HOUR), separator, pair((size % HOUR) / MINUTE)];
  if (seconds > 0 || millis > 0) parts.push(separator, pair(seconds));
  if (millis > 0) parts.push(separator === '' ? '' : '.', String(millis).padStart(3, '0'));
  return parts.join('');
}

function pair(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
