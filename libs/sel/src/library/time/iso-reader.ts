import { HOUR, MINUTE, SECOND } from './civil.js';
import { clockField, FIELDS, WEEKYEAR, YEAR, type Field } from './field.js';
import { misfit, reading } from './formatter.js';
import { Moment } from './moment.js';
import { scanOffset } from './offset-text.js';
import { ParsedFields, RANKS } from './parsed-fields.js';
import { fixedZone, type Zone } from './zone.js';

const FORM = '2021-01-31T23:59:59.999Z (ISO 8601)';

/** Milliseconds that make up what a decimal fraction divides. */
const FRACTIONS: readonly (readonly [Field, number, number])[] = [
  [clockField('fractionOfHour', 1, HOUR), HOUR, RANKS.partOfHour],
  [clockField('fractionOfMinute', 1, MINUTE), MINUTE, RANKS.partOfMinute],
  [clockField('fractionOfSecond', 1, SECOND), SECOND, RANKS.partOfSecond],
];

/** Clock fields of a time, the largest first; a fraction may follow any of them. */
const CLOCK: readonly (readonly [Field, number])[] = [
  [FIELDS.hourOfDay, RANKS.hour],
  [FIELDS.minuteOfHour, RANKS.partOfHour],
  [FIELDS.secondOfMinute, RANKS.partOfMinute],
];

/**
 * readIso reads an ISO 8601 text as Joda's dateTimeParser does: `2021`, `2021-01`, `2021-01-31`, `2021-031`, `2021-W04-7`, each
 * with an optional time such as `T10`, `T10:30`, `T10:30:00.123`, `T10.5` and an offset behind the `T`; or a time alone. What is
 * left out is as in 1970-01-01T00:00. An offset names the instant; without one the text is local to `zone`, which is the
 * result's zone. TimeProblem for everything else.
 */
export function readIso(text: string, zone: Zone): Moment {
  const fields = fieldsOf(text, zone);
  return reading(text, () => new Moment(fields.instant(), zone));
}

/** readIsoWithOffset is `readIso` whose result keeps the offset of the text as its zone. */
export function readIsoWithOffset(text: string, zone: Zone): Moment {
  const fields = fieldsOf(text, zone);
  const { offsetSeen } = fields;
  return reading(text, () => new Moment(fields.instant(), offsetSeen === undefined ? zone : fixedZone(offsetSeen)));
}

function fieldsOf(text: string, zone: Zone): ParsedFields {
  const reader = new Reader(text, new ParsedFields(zone));
  reader.dateTime();
  return reader.into;
}

class Reader {
  private position = 0;

  constructor(
    private readonly text: string,
    readonly into: ParsedFields,
  ) {}

  dateTime(): void {
    const dated = this.number(/([+-]?\d{1,9})/y);
    if (dated !== undefined) this.date(dated);
    const timed = this.skip(/T/iy);
    if (timed) this.time(dated === undefined);
    if (this.position < this.text.length || (dated === undefined && !timed)) throw this.misfit();
  }

  private date(year: number): void {
    if (this.skip(/-W/iy)) return this.weekDate(year);
    this.into.save({ field: YEAR, rank: RANKS.year }, year);
    const dayOfYear = this.number(/-(\d{3})(?!\d)/y);
    if (dayOfYear !== undefined) return this.into.save({ field: FIELDS.dayOfYear, rank: RANKS.dayOfYear }, dayOfYear);
    if (this.optional(/-(\d{1,2})/y, FIELDS.monthOfYear, RANKS.month)) {
      this.optional(/-(\d{1,2})/y, FIELDS.dayOfMonth, RANKS.dayOfMonth);
    }
  }

  private weekDate(weekyear: number): void {
    this.into.save({ field: WEEKYEAR, rank: RANKS.year }, weekyear);
    if (!this.optional(/(\d{1,2})/y, FIELDS.weekOfWeekyear, RANKS.week)) throw this.misfit();
    this.optional(/-(\d)/y, FIELDS.dayOfWeek, RANKS.dayOfWeek);
  }

  private time(hourNeeded: boolean): void {
    for (const [index, [field, rank]] of CLOCK.entries()) {
      const found = this.optional(index === 0 ? /(\d{1,2})/y : /:(\d{1,2})/y, field, rank);
      if (!found && index === 0 && hourNeeded) throw this.misfit();
      if (!found || this.fraction(index)) break;
    }
    this.offset();
  }

  private fraction(index: number): boolean {
    const part = FRACTIONS[index];
    const digits = part && this.scan(/[.,](\d{1,9})/y);
    if (!digits) return false;
    const [field, unit, rank] = part;
    this.into.save({ field, rank }, Math.floor((Number(digits) * unit) / 10 ** digits.length));
    return true;
  }

  private offset(): void {
    if (this.skip(/Z/iy)) return this.into.setOffset(0);
    const found = scanOffset(this.text, this.position);
    if (!found) return;
    this.into.setOffset(found.offset);
    this.position = found.end;
  }

  private optional(expression: RegExp, field: Field, rank: number): boolean {
    const value = this.number(expression);
    if (value !== undefined) this.into.save({ field, rank }, value);
    return value !== undefined;
  }

  private number(expression: RegExp): number | undefined {
    const digits = this.scan(expression);
    return digits === undefined ? undefined : Number(digits);
  }

  private skip(expression: RegExp): boolean {
    return this.scan(expression) !== undefined;
  }

  private scan(expression: RegExp): string | undefined {
    expression.lastIndex = this.position;
    const match = expression.exec(this.text);
    if (!match) return undefined;
    this.position += match[0].length;
    return match[1] ?? match[0];
  }

  private misfit(): Error {
    return misfit(this.text, this.position, FORM);
  }
}
