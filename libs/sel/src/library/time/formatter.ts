import { SelObject } from '../../runtime/value.js';
import { Moment } from './moment.js';
import { ParsedFields } from './parsed-fields.js';
import type { Component } from './pattern/component.js';
import { TimeProblem } from './time-problem.js';
import { UTC, type Zone } from './zone.js';

/** Characters of a text that an error repeats. */
const EXCERPT = 40;

/** Formatter prints and reads dates by a Joda pattern, a DATETIME_FORMATTER. */
export class Formatter extends SelObject {
  readonly type = 'DATETIME_FORMATTER';
  /** The most characters that it prints. */
  readonly width: number;
  /** Fuel that printing is worth besides its characters. */
  readonly printCost: number;
  /** Fuel that reading is worth besides its characters. */
  readonly parseCost: number;

  constructor(
    readonly pattern: string,
    private readonly components: readonly Component[],
    /** The zone of what is printed and read; undefined prints dates in their own. */
    private readonly zone?: Zone,
  ) {
    super();
    this.width = components.reduce((sum, { width }) => sum + width, 0);
    this.printCost = components.reduce((sum, { printCost = 0 }) => sum + printCost, components.length);
    this.parseCost = components.reduce((sum, { parseCost = 0 }) => sum + parseCost, components.length);
  }

  /** Fuel that a date in the formatter's zone is worth. */
  get zoneCost(): number {
    return this.zone?.lookupCost ?? 0;
  }

  text(): string {
    return `DateTimeFormat[${this.pattern}]`;
  }

  withZone(zone: Zone): Formatter {
    return new Formatter(this.pattern, this.components, zone);
  }

  /** Prints a date in the zone of the formatter, or in its own. */
  print(moment: Moment): string {
    const { zone = moment.zone } = this;
    const shown = zone === moment.zone ? moment : new Moment(moment.ms, zone);
    return this.components.map((component) => component.print(shown)).join('');
  }

  /** Reads a whole text; TimeProblem when it does not fit, a value is out of range or the zone skips the time. */
  parse(text: string, nowMs: number): Moment {
    const into = new ParsedFields(this.zone ?? UTC);
    let position = 0;
    for (const component of this.components) {
      const end = component.parse(text, position, into, nowMs);
      if (end === undefined) throw misfit(text, position, this.pattern);
      position = end;
    }
    if (position < text.length) throw misfit(text, position, this.pattern);
    return reading(text, () => new Moment(into.instant(), this.zone ?? into.zoneSeen));
  }
}

/** reading does the last part of reading a text, and names the text in what goes wrong. */
export function reading(text: string, make: () => Moment): Moment {
  try {
    return make();
  } catch (error) {
    if (error instanceof TimeProblem)
      throw new TimeProblem(`cannot read "${excerpt(text)}" as a date: ${error.message}`);
    throw error;
  }
}

/** misfit says where a text stops to fit; `expected` is the pattern. Positions are counted from 0. */
export function misfit(text: string, position: number, expected: string): TimeProblem {
  const where =
    position >= text.length
      ? 'it is too short'
      : `"${excerpt(text.slice(position))}" does not fit at character ${position}`;
  return new TimeProblem(`cannot read "${excerpt(text)}" as a date of the form ${excerpt(expected)}: ${where}`);
}

/** excerpt is the beginning of a text for a message. */
export function excerpt(text: string): string {
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)}...`;
}
