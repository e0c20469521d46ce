import { readClass } from './bracket-class.js';
import { classItems, LINE_ENDS } from './char-set.js';
import { Cursor } from './cursor.js';
import { quotedText, readEscape } from './escape.js';

/** Translated is a pattern of Java in the syntax of RE2. */
export interface Translated {
  readonly source: string;
  /** How many instructions the program will have, about: what compiling it costs, known before it is compiled. */
  readonly size: number;
}

interface Group {
  /** Instructions of the whole group so far, and of what a quantifier would repeat. */
  total: number;
  last: number;
  /** Whether the dot matches line ends here. */
  dotAll: boolean;
}

/** RE2 repeats at most this often. */
const MAX_REPEAT = 1_000;
/** A larger program would take hundreds of megabytes. */
const MAX_SIZE = 50_000;

/**
 * translate writes a pattern of java.util.regex for RE2. What RE2 cannot do in linear time (back-references, look-around,
 * atomic groups, possessive quantifiers) is refused with a Fault that says so; `at` is the offset for it.
 */
export function translate(pattern: string, at: number): Translated {
  const translator = new Translator(new Cursor(pattern, at));
  return translator.run();
}

class Translator {
  private readonly out: string[] = [];
  private readonly groups: Group[] = [];
  private group: Group = { total: 0, last: 0, dotAll: false };

  constructor(private readonly cursor: Cursor) {}

  run(): Translated {
    while (!this.cursor.done) this.step();
    if (this.group.total > MAX_SIZE) throw this.cursor.fault('it repeats too much', 'limit');
    if (this.groups.length > 0) throw this.cursor.fault('a group has no end');
    return { source: this.out.join(''), size: this.group.total };
  }

  private step(): void {
    const { cursor } = this;
    const char = cursor.next();
    switch (char) {
      case '\\':
        return cursor.skip('Q') ? this.quote() : this.atom(readEscape(cursor), 1);
      case '[':
        return this.atom(readClass(cursor), 1);
      case '(':
        return this.open();
      case ')':
        return this.close();
      case '.':
        return this.atom(this.group.dotAll ? '(?s:.)' : `[^${classItems(LINE_ENDS)}]`, 1);
      case '*':
      case '+':
      case '?':
        return this.quantifier(char, 1);
      case '{':
        return this.counted();
      default:
        return '|^$'.includes(char) ? this.mark(char) : this.atom(quotedText(char), 1);
    }
  }

  private atom(text: string, size: number): void {
    this.out.push(text);
    this.group.total += size;
    this.group.last = size;
  }

  /** A quantifier after \E belongs to the last character, in RE2 as in Java, because each is written on its own. */
  private quote(): void {
    const end = this.cursor.pattern.indexOf('\\E', this.cursor.at);
    const text = this.cursor.pattern.slice(this.cursor.at, end < 0 ? undefined : end);
    this.cursor.at += text.length + (end < 0 ? 0 : 2);
    for (const char of text) this.atom(quotedText(char), 1);
  }

  private mark(char: string): void {
    this.atom(char, 1);
    this.group.last = 0;
  }

  private open(): void {
    const { cursor } = this;
    if (!cursor.skip('?')) return this.enter('(', this.group.dotAll);
    if (cursor.skip(':')) return this.enter('(?:', this.group.dotAll);
    if (cursor.skip('>')) throw cursor.fault('atomic groups have no linear time and are not supported');
    if (['=', '!', '<=', '<!'].some((look) => cursor.skip(look))) {
      throw cursor.fault('look-ahead and look-behind have no linear time and are not supported');
    }
    if (cursor.skip('<')) return this.enter(`(?P<${cursor.until('>', 'the name of a group')}>`, this.group.dotAll);
    this.flags();
  }

  private flags(): void {
    const { cursor } = this;
    let [on, off, dotAll] = ['', '', this.group.dotAll];
    let isOff = false;
    for (let char = cursor.next(); char !== ')' && char !== ':'; char = cursor.next()) {
      if (char === '-') isOff = true;
      else if (char === 's') dotAll = !isOff;
      else if (!'imu'.includes(char)) throw cursor.fault(`the flag (?${char}) is not supported`);
      else if (char !== 'u' && isOff) off += char;
      else if (char !== 'u') on += char;
    }
    const flags = off === '' ? on : `${on}-${off}`;
    if (cursor.peek(-1) === ':') return this.enter(`(?${flags}:`, dotAll);
    this.group.dotAll = dotAll;
    this.out.push(flags === '' ? '' : `(?${flags})`);
  }

  private enter(text: string, dotAll: boolean): void {
    this.out.push(text);
    this.groups.push(this.group);
    this.group = { total: 2, last: 0, dotAll };
  }

  private close(): void {
    const { total } = this.group;
    const outer = this.groups.pop();
    if (outer === undefined) throw this.cursor.fault('`)` closes no group');
    this.group = outer;
    this.atom(')', total);
  }

  private counted(): void {
    const { cursor } = this;
    const counts = /^([0-9]+)(,([0-9]*))?\}/.exec(cursor.pattern.slice(cursor.at, cursor.at + 24));
    if (counts === null) throw cursor.fault('`{` must be followed by a count such as {2,3}; write \\{ for a brace');
    cursor.at += counts[0].length;
    const most = Number(counts[3] === undefined || counts[3] === '' ? counts[1] : counts[3]);
    if (most > MAX_REPEAT || Number(counts[1]) > MAX_REPEAT) throw cursor.fault(`more than ${MAX_REPEAT} repetitions`);
    this.quantifier(`{${counts[0]}`, Math.max(1, most));
  }

  private quantifier(text: string, times: number): void {
    const { cursor, group } = this;
    if (group.last === 0) throw cursor.fault(`nothing stands before \`${text}\` that could be repeated`);
    if (cursor.peek() === '+') throw cursor.fault('possessive quantifiers have no linear time and are not supported');
    this.out.push(text, cursor.skip('?') ? '?' : '');
    group.total += group.last * (times - 1) + 1 + (text.endsWith(',}') ? group.last : 0);
    group.last = 0;
  }
}
