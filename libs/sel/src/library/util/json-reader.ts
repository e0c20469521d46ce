import { Fault } from '../../runtime/error.js';
import { allocateText, burn } from '../../runtime/machine.js';
import { MAX_NESTING, SelMap, type SelValue } from '../../runtime/value.js';
import type { Call } from '../library-class.js';
import { quoted } from '../long.js';
import { arrayFrom } from './json-array.js';
import { numberFrom } from './json-number.js';

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const SPACE = /[ \t\n\r]*/y;
const WORD = /[a-z]+/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** JsonReader reads one JSON text (RFC 8259) into values; each is charged before it is made, and the depth is bounded. */
export class JsonReader {
  private at = 0;

  constructor(
    private readonly call: Call,
    private readonly text: string,
  ) {}

  /** read gives the value; throws Fault `value` with the place of what is no JSON. */
  read(): SelValue {
    const value = this.value(0);
    this.skip(SPACE);
    if (this.at < this.text.length) throw this.fault('nothing may follow the value');
    return value;
  }

  private value(depth: number): SelValue {
    if (depth > MAX_NESTING)
      throw new Fault('limit', `${this.call.name}(): deeper than ${MAX_NESTING} levels`, this.call.at);
    burn(this.call.machine, 1);
    this.skip(SPACE);
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.object(depth);
      case '[':
        return arrayFrom(this.call, this.items(depth));
      case '"':
        return this.string();
      default:
        return this.plain();
    }
  }

  private object(depth: number): SelMap {
    allocateText(this.call.machine, 0, this.call.at);
    const map = new SelMap();
    this.list('}', () => {
      if (this.text.charAt(this.at) !== '"') throw this.fault('a key in double quotes is missing');
      const key = this.string();
      if (!this.next(':')) throw this.fault("':' is missing");
      map.entries.set(key, this.value(depth + 1));
    });
    return map;
  }

  private items(depth: number): SelValue[] {
    const items: SelValue[] = [];
    this.list(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  private list(end: string, readItem: () => void): void {
    this.at += 1;
    if (this.next(end)) return;
    do {
      this.skip(SPACE);
      readItem();
    } while (this.next(','));
    if (!this.next(end)) throw this.fault(`',' or '${end}' is missing`);
  }

  private string(): string {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text.charAt(end) !== '"') end += this.text.charAt(end) === '\\' ? 2 : 1;
    allocateText(this.call.machine, end - start, this.call.at);
    try {
      const value = JSON.parse(this.text.slice(start, end + 1)) as string;
      this.at = end + 1;
      return value;
    } catch {
      throw this.fault('this text has no end, or a character or escape that JSON does not know');
    }
  }

  private plain(): SelValue {
    const start = this.at;
    const number = this.skip(NUMBER);
    if (number !== '') return numberFrom(number) ?? this.refuse(start, `${quoted(number)} is too large`);
    const word = WORDS.get(this.skip(WORD));
    return word === undefined ? this.refuse(start, 'a value is missing') : word;
  }

  private refuse(at: number, message: string): never {
    this.at = at;
    throw this.fault(message);
  }

  private next(char: string): boolean {
    this.skip(SPACE);
    if (this.text.charAt(this.at) !== char) return false;
    this.at += 1;
    return true;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private fault(message: string): Fault {
    const rest = this.text.slice(this.at, this.at + 20);
    const where = rest === '' ? 'at its end' : `at character ${this.at + 1}, ${quoted(rest)}`;
    return new Fault('value', `${this.call.name}(): no JSON ${where}: ${message}`, this.call.at);
  }
}
