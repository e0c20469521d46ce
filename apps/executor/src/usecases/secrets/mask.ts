import type { Json } from '@maestro/domain';
import { needlesOf } from './needles.js';

/** MASK stands where a secret was. */
export const MASK = '***';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Mask finds secrets in what a step says. Texts inside are latin1: a character a byte. */
export class Mask {
  private readonly needles: readonly string[];

  constructor(secrets: readonly string[]) {
    this.needles = needlesOf(secrets);
  }

  /** text is a text without the secrets. */
  text(value: string): string {
    return utf8(this.covered(latin1(value)));
  }

  /** json is a document without the secrets, also in names of members and in numbers, which become texts then. */
  json(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return this.finds(String(value)) ? MASK : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item: Json) => this.json(item));
    const members = Object.entries(value).map(([name, member]) => [
      this.text(name),
      member === undefined ? undefined : this.json(member),
    ]);
    return Object.fromEntries(members) as Json;
  }

  /** finds says whether a text holds a secret. */
  finds(value: string): boolean {
    const bytes = latin1(value);
    return this.needles.some((needle) => bytes.includes(needle));
  }

  /** covered replaces what is found in latin1 text; overlapping finds become one. */
  covered(bytes: string): string {
    let result = '';
    let from = 0;
    for (const { start, end } of this.spans(bytes)) {
      result += bytes.slice(from, start) + MASK;
      from = end;
    }
    return from === 0 ? bytes : result + bytes.slice(from);
  }

  /** decided is how much of latin1 text can be masked whatever follows it: the rest may be the beginning of a secret. */
  decided(bytes: string): number {
    let cut = bytes.length;
    for (const needle of this.needles) cut = Math.min(cut, openAt(bytes, needle));
    // A find that reaches over the cut waits as a whole.
    for (const { start, end } of this.spans(bytes)) if (start < cut && end > cut) cut = start;
    return cut;
  }

  /** Where secrets are, in order, overlapping ones joined. */
  private spans(bytes: string): readonly Span[] {
    const found = this.needles.flatMap((needle) => occurrences(bytes, needle));
    if (found.length < 2) return found;
    const joined: Span[] = [];
    for (const span of found.sort((a, b) => a.start - b.start)) {
      const last = joined.at(-1);
      if (last === undefined || span.start >= last.end) joined.push(span);
      else if (span.end > last.end) joined[joined.length - 1] = { start: last.start, end: span.end };
    }
    return joined;
  }
}

function occurrences(bytes: string, needle: string): Span[] {
  const found: Span[] = [];
  for (let start = bytes.indexOf(needle); start >= 0; start = bytes.indexOf(needle, start + 1)) {
    found.push({ start, end: start + needle.length });
  }
  return found;
}

/** Where the longest end of the text begins that may go on to be the needle; its length when there is none. */
function openAt(bytes: string, needle: string): number {
  for (let start = Math.max(0, bytes.length - needle.length + 1); start < bytes.length; start += 1) {
    if (needle.startsWith(bytes.slice(start))) return start;
  }
  return bytes.length;
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
