import { Fault } from '../../runtime/error.js';
import { allocateText, burn, type Machine } from '../../runtime/machine.js';
import { textOf } from '../../runtime/text.js';
import { typeOf, type SelValue } from '../../runtime/value.js';
import { readDirective, type Directive } from './directive.js';
import { doubleText, longText, precisionOf, type NumberText } from './number-text.js';

/** Digits that a DOUBLE may have before the point. */
const LONGEST_DOUBLE = 340;
const MAX_CODE_POINT = 0x10ffffn;

/**
 * formatText is Java's String.format in the root locale for %s %d %x %o %f %e %g %b %c %n %%, with argument indexes,
 * flags, widths and precisions. Unlike the original it never narrows a LONG to 32 bits. What a directive writes is charged
 * before it is written. Throws Fault `value` for bad directives and `type` for arguments that do not fit.
 */
export function formatText(machine: Machine, format: string, args: readonly SelValue[], at: number): string {
  allocateText(machine, format.length, at);
  const parts: string[] = [];
  const picker = new Picker(args, at);
  let done = 0;
  for (let percent = format.indexOf('%'); percent >= 0; percent = format.indexOf('%', done)) {
    const directive = readDirective(format, percent, at);
    burn(machine, 1);
    parts.push(format.slice(done, percent), written(directive, picker, machine, at));
    done = percent + directive.source.length;
  }
  return parts.join('') + format.slice(done);
}

/** Picker gives each directive its argument: the next one, one by number, or the one before again. */
class Picker {
  private next = 0;
  private last = -1;

  constructor(
    private readonly args: readonly SelValue[],
    private readonly at: number,
  ) {}

  pick({ index, source }: Directive): SelValue {
    if (index === 'next') this.last = this.next++;
    else if (index !== 'previous') this.last = index - 1;
    const value = this.args[this.last];
    if (value !== undefined) return value;
    const given = `${this.args.length} argument(s) given`;
    throw new Fault('value', `format directive \`${source}\` has no argument: ${given}`, this.at);
  }
}

function written(directive: Directive, picker: Picker, machine: Machine, at: number): string {
  const { width = 0, flags, upper, conversion } = directive;
  allocateText(machine, width, at);
  if (conversion === 'n') return '\n';
  const text = conversion === '%' ? '%' : converted(directive, picker.pick(directive), machine, at);
  const shown = upper ? text.toUpperCase() : text;
  return flags.has('-') ? shown.padEnd(width) : shown.padStart(width);
}

function converted(directive: Directive, value: SelValue, machine: Machine, at: number): string {
  switch (directive.conversion) {
    case 's':
      return cut(copy(textOf(value, machine, at), machine, at), directive);
    case 'b':
      return cut(String(typeof value === 'boolean' ? value : value !== null), directive);
    case 'c':
      return value === null ? 'null' : character(value, directive, at);
    case 'd':
    case 'x':
    case 'o':
      return value === null ? 'null' : zeroPadded(longText(longFor(directive, value, at), directive), directive);
    default:
      return value === null ? cut('null', directive) : double(value, directive, machine, at);
  }
}

function copy(text: string, machine: Machine, at: number): string {
  allocateText(machine, text.length, at);
  return text;
}

function cut(text: string, { precision }: Directive): string {
  return precision === undefined ? text : text.slice(0, precision);
}

function character(value: SelValue, { source }: Directive, at: number): string {
  if (typeof value !== 'bigint') throw unfit(source, 'a LONG, the number of a character', value, at);
  if (value >= 0n && value <= MAX_CODE_POINT) return String.fromCodePoint(Number(value));
  throw new Fault('value', `format directive \`${source}\`: ${value} is no character`, at);
}

function longFor({ source }: Directive, value: SelValue, at: number): bigint {
  if (typeof value === 'bigint') return value;
  throw unfit(source, 'a LONG', value, at);
}

function double(value: SelValue, directive: Directive, machine: Machine, at: number): string {
  if (typeof value !== 'number') throw unfit(directive.source, 'a DOUBLE', value, at);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return infinity(value, directive.flags);
  allocateText(machine, precisionOf(directive) + LONGEST_DOUBLE, at);
  return zeroPadded(doubleText(value, directive), directive);
}

function infinity(value: number, flags: ReadonlySet<string>): string {
  if (value < 0) return flags.has('(') ? '(Infinity)' : '-Infinity';
  return `${flags.has('+') ? '+' : flags.has(' ') ? ' ' : ''}Infinity`;
}

function zeroPadded({ sign, body, end }: NumberText, { flags, width = 0 }: Directive): string {
  const room = flags.has('0') ? width - sign.length - end.length : 0;
  return `${sign}${body.padStart(room, '0')}${end}`;
}

function unfit(source: string, wanted: string, value: SelValue, at: number): Fault {
  return new Fault('type', `format directive \`${source}\` needs ${wanted}, not ${typeOf(value)}`, at);
}
