import { LRUCache } from 'lru-cache';
import { MatcherInput, RE2JS, RE2JSException, type Matcher } from 're2js';
import { Fault } from '../../runtime/error.js';
import { burn, type Machine } from '../../runtime/machine.js';
import { translate } from './java-pattern.js';
import { MeteredText } from './metered-text.js';

/** Compiled patterns together have at most so many instructions. */
const CACHE_SIZE = 50_000;
/** Compiling one instruction costs as much as this many visited nodes. */
const UNITS_PER_INSTRUCTION = 8;
/** Looking at one character with one instruction. */
const UNITS_PER_STEP = 0.5;
/** Texts for which re2js keeps a bit for each pair of character and instruction and visits none of them twice. */
const BIT_STATES = 256 * 1024;
const BITS_PER_UNIT = 2_048;

interface Program {
  readonly compiled: RE2JS;
  /** What compiling it was charged with: the same for everybody who uses it. */
  readonly size: number;
}

const CACHE = new LRUCache<string, Program>({ maxSize: CACHE_SIZE, sizeCalculation: ({ size }) => size + 1 });

/** Regex is a pattern of Java that runs in linear time (RE2). Compiled patterns are kept by their text; all pay alike. */
export class Regex {
  private constructor(
    private readonly compiled: RE2JS,
    private readonly machine: Machine,
  ) {}

  /** compile charges for the program before it is made; throws Fault for what is wrong or has no linear time. */
  static compile(machine: Machine, pattern: string, at: number): Regex {
    burn(machine, pattern.length);
    const cached = CACHE.get(pattern);
    if (cached) {
      burn(machine, cached.size * UNITS_PER_INSTRUCTION);
      return new Regex(cached.compiled, machine);
    }
    const { source, size } = translate(pattern, at);
    burn(machine, size * UNITS_PER_INSTRUCTION);
    const compiled = compiledBy(source, pattern, at);
    CACHE.set(pattern, { compiled, size });
    return new Regex(compiled, machine);
  }

  /** The number of groups. */
  get groups(): number {
    return this.compiled.groupCount();
  }

  /** The number of a named group. */
  groupNamed(name: string): number | undefined {
    return Object.hasOwn(this.compiled.namedGroups(), name) ? this.compiled.namedGroups()[name] : undefined;
  }

  /** matches says whether the whole text matches. */
  matches(text: string): boolean {
    this.chargeStart(text);
    return this.matcher(text).matches();
  }

  /** find gives one match after the other, leftmost first. */
  *find(text: string): Generator<Match> {
    const matcher = this.matcher(text);
    for (;;) {
      this.chargeStart(text);
      if (!matcher.find()) return;
      yield { start: matcher.start(), end: matcher.end(), group: (index) => groupOf(matcher, text, index) };
    }
  }

  /** re2js clears its memory of visited states for each search. */
  private chargeStart(text: string): void {
    burn(this.machine, 1 + Math.min(BIT_STATES, text.length * this.compiled.programSize()) / BITS_PER_UNIT);
  }

  /** Over long texts each character is looked at with all instructions at once. */
  private matcher(text: string): Matcher {
    const size = this.compiled.programSize();
    const instructions = text.length * size > BIT_STATES ? size : 1;
    const input = new MeteredText(text, this.machine, UNITS_PER_STEP * instructions);
    return this.compiled.matcher(MatcherInput.utf16(input));
  }
}

/** Match is one place where a pattern matches; `group` gives the text of a group, empty when it took no part. */
export interface Match {
  readonly start: number;
  readonly end: number;
  group(index: number): string;
}

function groupOf(matcher: Matcher, text: string, index: number): string {
  const start = matcher.start(index);
  return start < 0 ? '' : text.slice(start, matcher.end(index));
}

function compiledBy(source: string, pattern: string, at: number): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const shown = pattern.length > SHOWN ? `${pattern.slice(0, SHOWN)}..` : pattern;
    throw new Fault('value', `regular expression \`${shown}\`: ${error.message}`, at);
  }
}

const SHOWN = 60;
