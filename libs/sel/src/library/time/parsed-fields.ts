import { FIELDS, setField, YEAR, type Field } from './field.js';
import { isoLocalText } from './iso-text.js';
import { checkedMs } from './instant-range.js';
import { strictInstantOf, type Zone } from './zone.js';

/** RankedField is a field of a text: fields are set from large to small, whatever their order in the text. */
export interface RankedField {
  readonly field: Field;
  readonly rank: number;
}

/** RANKS orders fields by what they count within, then by what they count (Joda's DateTimeParserBucket). */
export const RANKS = {
  era: 0,
  century: 1,
  year: 2,
  month: 3,
  week: 4,
  dayOfYear: 5,
  dayOfMonth: 6,
  dayOfWeek: 7,
  halfday: 8,
  hour: 9,
  hourOfHalfday: 10,
  partOfHour: 11,
  partOfMinute: 12,
  partOfSecond: 13,
} as const;

/** A text with a month or day but without a year means this leap year. */
const DEFAULT_YEAR = 2000;

/** ParsedFields collects what a text says, and then makes an instant of it. Unsaid fields are those of 1970-01-01T00:00. */
export class ParsedFields {
  private readonly saved: (RankedField & { readonly value: number })[] = [];
  private zone: Zone;
  private offset: number | undefined;

  /** The zone of texts that name none. */
  constructor(zone: Zone) {
    this.zone = zone;
  }

  save({ field, rank }: RankedField, value: number): void {
    this.saved.push({ field, rank, value });
  }

  /** The text names a zone. */
  setZone(zone: Zone): void {
    this.zone = zone;
  }

  /** The text names an offset, in milliseconds; it counts for the instant, not for the zone of the result. */
  setOffset(offset: number): void {
    this.offset = offset;
  }

  get zoneSeen(): Zone {
    return this.zone;
  }

  get offsetSeen(): number | undefined {
    return this.offset;
  }

  /** The instant; TimeProblem for a value out of range or a local time that the zone skips. */
  instant(): number {
    const local = this.local();
    if (this.offset !== undefined) return checkedMs(local - this.offset);
    return strictInstantOf(local, this.zone, isoLocalText);
  }

  /** Twice, because a field can only be checked when all larger ones are set, and setting those can move it. */
  private local(): number {
    const fields = this.saved.toSorted((a, b) => a.rank - b.rank);
    const first = fields[0]?.rank ?? RANKS.halfday;
    if (first >= RANKS.month && first < RANKS.halfday) {
      fields.unshift({ field: YEAR, rank: RANKS.year, value: DEFAULT_YEAR });
    }
    let local = 0;
    for (const { field, value } of fields) local = field.floor(setField(field, local, value));
    for (const { field, value } of fields) local = setField(field, local, value);
    const last = fields.at(-1)?.field ?? FIELDS.millisOfSecond;
    return checkedMs(last.floor(local));
  }
}
