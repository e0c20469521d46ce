import { Fault } from '../../runtime/error.js';

/** Directive is one `%..` of a format text, as Java's Formatter reads it: `%[index$][flags][width][.precision]conversion`. */
export interface Directive {
  /** The directive as written, for messages. */
  readonly source: string;
  /** 1-based argument, or the next one, or the one before (`<`). */
  readonly index: number | 'next' | 'previous';
  readonly flags: ReadonlySet<string>;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  /** The conversion in lower case. */
  readonly conversion: string;
  /** Whether it was written in upper case, which shouts the result. */
  readonly upper: boolean;
}

interface Rule {
  readonly flags: string;
  readonly precision: boolean;
  readonly upper: boolean;
}

/** What each conversion takes, after java.util.Formatter. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ['s', { flags: '-', precision: true, upper: true }],
  ['b', { flags: '-', precision: true, upper: true }],
  ['c', { flags: '-', precision: false, upper: true }],
  ['d', { flags: '-+ 0,(', precision: false, upper: false }],
  ['x', { flags: '-#0', precision: false, upper: true }],
  ['o', { flags: '-#0', precision: false, upper: false }],
  ['e', { flags: '-#+ 0(', precision: true, upper: true }],
  ['f', { flags: '-#+ 0,(', precision: true, upper: false }],
  ['g', { flags: '-+ 0,(', precision: true, upper: true }],
  ['%', { flags: '-', precision: false, upper: false }],
  ['n', { flags: '', precision: false, upper: false }],
]);

const FLAGS = '-#+ 0,(<';
const MAX_NUMBER = 2_147_483_647;

/** readDirective reads the directive whose `%` is at `start`; `at` is the offset for faults. */
export function readDirective(format: string, start: number, at: number): Directive {
  const reader = new Reader(format, start, at);
  const index = reader.index();
  const flags = reader.flags();
  const width = reader.number();
  const precision = reader.precision();
  const letter = reader.letter();
  const source = reader.source();
  const conversion = letter.toLowerCase();
  const previous = flags.delete('<');
  const directive: Directive = {
    source,
    index: previous ? 'previous' : index,
    flags,
    width,
    precision,
    conversion,
    upper: letter !== conversion,
  };
  check(directive, at);
  return directive;
}

class Reader {
  private at: number;

  constructor(
    private readonly format: string,
    private readonly start: number,
    private readonly offset: number,
  ) {
    this.at = start + 1;
  }

  index(): number | 'next' {
    const before = this.at;
    const index = this.number();
    if (index !== undefined && this.format[this.at] === '$') {
      this.at += 1;
      return index;
    }
    this.at = before;
    return 'next';
  }

  flags(): Set<string> {
    const flags = new Set<string>();
    for (let flag = this.peek(); flag !== '' && FLAGS.includes(flag); flag = this.peek()) {
      if (flags.has(flag)) throw this.fault(`the flag '${flag}' stands there twice`);
      flags.add(flag);
      this.at += 1;
    }
    return flags;
  }

  number(): number | undefined {
    const before = this.at;
    while (isDigit(this.peek())) this.at += 1;
    if (before === this.at) return undefined;
    const value = Number(this.format.slice(before, this.at));
    if (value > MAX_NUMBER) throw this.fault('the number is too large');
    return value;
  }

  precision(): number | undefined {
    if (this.peek() !== '.') return undefined;
    this.at += 1;
    const precision = this.number();
    if (precision === undefined) throw this.fault('digits must follow the point');
    return precision;
  }

  letter(): string {
    const letter = this.peek();
    this.at += 1;
    if (letter === '') throw this.fault('the conversion is missing; write %% for a percent sign');
    return letter;
  }

  source(): string {
    return this.format.slice(this.start, this.at);
  }

  private peek(): string {
    return this.format.charAt(this.at);
  }

  private fault(message: string): Fault {
    const source = this.format.slice(this.start, Math.min(this.at + 1, this.start + 32));
    return new Fault('value', `format directive \`${source}\`: ${message}`, this.offset);
  }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}

function check(directive: Directive, at: number): void {
  const message = complaint(directive);
  if (message !== undefined) throw new Fault('value', `format directive \`${directive.source}\`: ${message}`, at);
}

function complaint({ conversion, upper, flags, width, precision, index }: Directive): string | undefined {
  if (conversion === 't') return 'dates are written with DateTime.toString(pattern), not by format';
  const rule = RULES.get(conversion);
  if (rule === undefined || (upper && !rule.upper))
    return 'no such conversion; there are %s %d %x %o %f %e %g %b %c %n %%';
  if (index === 0) return 'arguments are numbered from 1';
  const bad = [...flags].find((flag) => !rule.flags.includes(flag));
  if (bad !== undefined) return `the flag '${bad}' does not go with %${conversion}`;
  if (precision !== undefined && !rule.precision) return `%${conversion} takes no precision`;
  if (width !== undefined && conversion === 'n') return '%n takes no width';
  if (width === undefined && (flags.has('-') || flags.has('0'))) return 'the width is missing';
  if (flags.has('-') && flags.has('0')) return "the flags '-' and '0' exclude each other";
  if (flags.has('+') && flags.has(' ')) return "the flags '+' and ' ' exclude each other";
  return undefined;
}
