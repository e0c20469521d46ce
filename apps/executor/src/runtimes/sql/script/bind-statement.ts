import type { Json } from '@maestro/domain';
import { SqlFailure } from '../sql-failure.js';
import type { Dialect } from './dialect.js';
import type { Statement } from './split-script.js';
import type { Token } from './tokens.js';

/** BoundStatement is the text that is sent, and the values of its places in order. Values are never part of the text. */
export interface BoundStatement {
  readonly text: string;
  readonly values: readonly Json[];
}

/** BindValues are the values that a script may name. */
export interface BindValues {
  readonly byName: ReadonlyMap<string, Json>;
  /** What `$1`, `$2`, .. stand for. */
  readonly inOrder: readonly Json[];
}

/** bindStatement puts places of the engine for `:name` and `$1`. Throws an SqlFailure for a value that is not there. */
export function bindStatement(statement: Statement, values: BindValues, dialect: Dialect): BoundStatement {
  const bound: Json[] = [];
  const places = new Map<string, number>();
  const place = (token: Token): string => {
    const known = dialect.reusesPlaces ? places.get(token.text) : undefined;
    if (known !== undefined) return dialect.placeholder(known);
    bound.push(valueOf(token, values, statement.line));
    places.set(token.text, bound.length);
    return dialect.placeholder(bound.length);
  };
  const text = statement.tokens.map((token) => (isPlace(token) ? place(token) : token.text)).join('');
  return { text, values: bound };
}

function isPlace({ kind }: Token): boolean {
  return kind === 'name' || kind === 'position';
}

function valueOf({ kind, text }: Token, { byName, inOrder }: BindValues, line: number): Json {
  const key = text.slice(1);
  const value = kind === 'name' ? byName.get(key) : inOrder[Number(key) - 1];
  if (value !== undefined) return value;
  throw new SqlFailure('FATAL_ERROR', kind === 'name' ? unknownName(key, byName, line) : tooFew(text, inOrder, line));
}

function unknownName(name: string, byName: ReadonlyMap<string, Json>, line: number): string {
  return (
    `The statement at line ${line} names ":${name}", which is no bind and no param of the step; there are ${[...byName.keys()].join(', ')}. ` +
    'If it is no place of a value, put a blank behind the colon.'
  );
}

function tooFew(place: string, inOrder: readonly Json[], line: number): string {
  return `The statement at line ${line} names ${place}, but "binds" has ${inOrder.length} values.`;
}
