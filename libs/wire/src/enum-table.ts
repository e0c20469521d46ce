import { invalid } from './invalid.js';

/** EnumTable translates one enum between the domain's words and the contract's numbers. */
export interface EnumTable<Word extends string, Value extends number> {
  /** Every word of the domain; the compiler refuses a table that lacks one. */
  readonly entries: Readonly<Record<Word, Value>>;
  toProto(word: Word): Value;
  /** 0 (UNSPECIFIED) for an absent word. */
  toProtoOptional(word: Word | undefined): Value;
  /** Throws INVALID_REQUEST with the path for UNSPECIFIED and for values this version does not know. */
  fromProto(value: Value, path: string): Word;
  /** Undefined for UNSPECIFIED; throws INVALID_REQUEST for values this version does not know. */
  fromProtoOptional(value: Value, path: string): Word | undefined;
}

const UNSPECIFIED = 0;

/** enumTable derives both directions from one literal table. */
export function enumTable<Word extends string, Value extends number>(
  entries: Readonly<Record<Word, Value>>,
): EnumTable<Word, Value> {
  const words = new Map<number, Word>();
  for (const word of Object.keys(entries) as Word[]) words.set(entries[word], word);

  function fromProto(value: Value, path: string): Word {
    const word = words.get(value);
    if (word !== undefined) return word;
    const expected = [...words.values()].join(', ');
    throw invalid(
      path,
      `${value === UNSPECIFIED ? 'is required' : `has the unknown value ${value}`}: one of ${expected}`,
    );
  }

  return {
    entries,
    toProto: (word) => entries[word],
    toProtoOptional: (word) => (word === undefined ? (UNSPECIFIED as Value) : entries[word]),
    fromProto,
    fromProtoOptional: (value, path) => (value === UNSPECIFIED ? undefined : fromProto(value, path)),
  };
}
