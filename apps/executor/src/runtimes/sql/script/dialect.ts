/** Dialect is what the lexical rules of an SQL engine differ in. */
export interface Dialect {
  /** Comments between slash and star may contain one another. */
  readonly nestedComments: boolean;
  /** `$tag$ .. $tag$` is text. */
  readonly dollarQuotes: boolean;
  /** In `E'..'` a backslash escapes the next character. */
  readonly escapeStrings: boolean;
  /** The place of a bound value in the text that is sent, counted from 1. */
  placeholder(position: number): string;
  /** A place may be named more than once; else every mention is a place of its own. */
  readonly reusesPlaces: boolean;
}

const numbered = { placeholder: (position: number): string => `$${position}`, reusesPlaces: true };

/** POSTGRES: PostgreSQL 18, chapter 4.1. */
export const POSTGRES: Dialect = { nestedComments: true, dollarQuotes: true, escapeStrings: true, ...numbered };

/** DUCKDB has the scanner of Postgres. */
export const DUCKDB: Dialect = POSTGRES;

/** TRINO: only `''` escapes in text; places are `?`, in order. */
export const TRINO: Dialect = {
  nestedComments: false,
  dollarQuotes: false,
  escapeStrings: false,
  placeholder: () => '?',
  reusesPlaces: false,
};
