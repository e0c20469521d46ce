import { burn, type Machine } from '../../runtime/machine.js';

/** A search by JavaScript itself passes this many characters for one unit of fuel. */
const CHARS_PER_UNIT = 64;

/**
 * MeteredText is the text that a regular expression runs over. re2js reads its input by `charCodeAt` and `indexOf` alone,
 * so that each character it looks at is paid for when it is looked at: how far a search reads ahead depends on the
 * pattern, and a pattern that reads to the end for each of many matches costs what it does. Running out of fuel ends the
 * search in its middle.
 */
export class MeteredText extends String {
  constructor(
    private readonly text: string,
    private readonly machine: Machine,
    private readonly unitsPerChar: number,
  ) {
    super(text);
  }

  override charCodeAt(index: number): number {
    burn(this.machine, this.unitsPerChar);
    return this.text.charCodeAt(index);
  }

  override indexOf(search: string, from = 0): number {
    const found = this.text.indexOf(search, from);
    const end = found < 0 ? this.text.length : found;
    burn(this.machine, ((end - from) / CHARS_PER_UNIT) * (1 + search.length / CHARS_PER_UNIT));
    return found;
  }
}
