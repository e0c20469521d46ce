import type { Raw, RawObject } from '../document/raw.js';
import { DecimalText, isRawObject } from '../document/raw.js';
import { child, type Path } from './path.js';
import type { Problems } from './problems.js';

/** describe names the kind of a value for messages. */
export function describe(raw: Raw | undefined): string {
  if (raw === undefined) return 'nothing';
  if (raw === null) return 'null';
  if (Array.isArray(raw)) return 'a list';
  if (raw instanceof DecimalText || typeof raw === 'number') return 'a decimal number';
  return { boolean: 'a boolean', bigint: 'a whole number', string: 'text' }[typeof raw as string] ?? 'an object';
}

/** Reading is what all cursors of one document share. */
export interface Reading {
  readonly problems: Problems;
  /** Canonical names of the step types that may be used. */
  readonly stepTypes: ReadonlySet<string>;
}

/** Cursor points at one value of a document and notes what is wrong with it under its path. */
export class Cursor {
  constructor(
    readonly raw: Raw | undefined,
    readonly path: Path,
    readonly reading: Reading,
  ) {}

  fail(message: string): undefined {
    this.reading.problems.add(this.path, message);
    return undefined;
  }

  expected(what: string): undefined {
    return this.fail(`expected ${what}, not ${describe(this.raw)}`);
  }

  at(key: string | number): Cursor {
    return new Cursor(this.member(key), child(this.path, key), this.reading);
  }

  /** with is a cursor at the same place that sees another value: a part of what was written there. */
  with(raw: Raw | undefined): Cursor {
    return new Cursor(raw, this.path, this.reading);
  }

  /** absent: a member that is missing or null counts as not given. */
  get absent(): boolean {
    return this.raw === undefined || this.raw === null;
  }

  object(): RawObject | undefined {
    return isRawObject(this.raw) ? this.raw : this.expected('an object');
  }

  items(): readonly Cursor[] | undefined {
    return Array.isArray(this.raw) ? this.raw.map((_, index) => this.at(index)) : this.expected('a list');
  }

  private member(key: string | number): Raw | undefined {
    if (typeof key === 'number') return Array.isArray(this.raw) ? (this.raw[key] as Raw) : undefined;
    return isRawObject(this.raw) && Object.hasOwn(this.raw, key) ? this.raw[key] : undefined;
  }
}
