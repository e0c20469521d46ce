import { IANAZone } from 'luxon';
import { DAY, MINUTE } from './civil.js';
import { Zone } from './zone.js';

/** Days whose offsets are remembered, a zone; more than the dates of one workflow. */
const DAYS_REMEMBERED = 256;
/** An offset that is not remembered takes Intl about 5 µs, the fuel of one visit is worth about 0.1 µs; most are remembered. */
const LOOKUP_COST = 10;
/** Every language abbreviates the zones of its own countries only; the first that has an abbreviation is asked. */
const LOCALES = {
  short: ['en-US', 'en-GB', 'en-ZA', 'en-AU', 'en-IN', 'en-IE', 'en-CA', 'en-HK', 'en-SG', 'en-NZ', 'ja', 'id'],
  long: ['en-US'],
} as const;

/** What Intl answers instead where it knows no name is an offset such as `GMT+3`. */
const NAME = { short: /^[A-Za-z]+$/, long: /^[A-Za-z .'&()-]+$/ } as const;

/** IntlZone is a zone of the IANA database: luxon reads Intl, whose data comes with the JavaScript engine. */
export class IntlZone extends Zone {
  readonly lookupCost = LOOKUP_COST;
  private readonly days = new Map<number, number | undefined>();

  constructor(
    readonly id: string,
    private readonly source: IANAZone,
  ) {
    super();
  }

  offsetAt(ms: number): number {
    return this.dayOffset(Math.floor(ms / DAY)) ?? this.lookUp(ms);
  }

  nameAt(ms: number, style: 'short' | 'long'): string | undefined {
    for (const locale of LOCALES[style]) {
      const name = this.source.offsetName(ms, { format: style, locale });
      if (name !== null && NAME[style].test(name)) return name;
    }
    return undefined;
  }

  /** The offset of a whole UTC day, undefined when it changes on it. No zone of the database has two changes in three days. */
  private dayOffset(day: number): number | undefined {
    if (this.days.has(day)) return this.days.get(day);
    if (this.days.size >= DAYS_REMEMBERED) this.days.clear();
    const offset = this.lookUp(day * DAY);
    const whole = this.lookUp((day + 1) * DAY) === offset ? offset : undefined;
    this.days.set(day, whole);
    return whole;
  }

  /** luxon answers in minutes, with a fraction for the local mean times of the 19th century. */
  private lookUp(ms: number): number {
    return Math.round(this.source.offset(ms) * MINUTE);
  }
}
