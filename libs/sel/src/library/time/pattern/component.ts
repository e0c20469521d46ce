import type { ParsedFields } from '../parsed-fields.js';
import type { Moment } from '../moment.js';

/** Component is one part of a pattern, such as `yyyy` or a quoted text. */
export interface Component {
  /** The most characters it prints, for the charge of memory. */
  readonly width: number;
  /** Fuel that printing is worth besides its characters. */
  readonly printCost?: number;
  /** Fuel that reading is worth besides its characters. */
  readonly parseCost?: number;
  print(moment: Moment): string;
  /** Reads a text from a position on and returns the position behind, or undefined when the text does not fit. */
  parse(text: string, position: number, into: ParsedFields, nowMs: number): number | undefined;
}
