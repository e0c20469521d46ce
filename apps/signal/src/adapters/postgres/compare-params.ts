import type { SignalMatch, SignalMatches } from '@maestro/domain';

/** Bind adds a value to those of a statement and answers its placeholder. */
export type Bind = (value: unknown) => string;

/** binder collects the values of a statement that is put together. */
export function binder(values: unknown[]): Bind {
  return (value) => `$${String(values.push(value))}`;
}

/** byEquality are comparisons with those for equality first: they find fewest rows. */
export function byEquality(matches: SignalMatches): readonly (readonly [string, SignalMatch])[] {
  return Object.entries(matches).sort(
    ([, left], [, right]) => Number(left.operator !== '=') - Number(right.operator !== '='),
  );
}

/**
 * paramRows selects numbers of the instances of the signal $1 with a param that compares as wanted. The operator is one of five words,
 * never a text from outside.
 */
export function paramRows(
  alias: string,
  [param, { operator, value }]: readonly [string, SignalMatch],
  bind: Bind,
): string {
  const [column, type] = typeof value === 'bigint' ? ['long_value', 'int8'] : ['text_value', 'text'];
  return `select ${alias}.seq_id from signal_param ${alias} where ${alias}.name = $1 and ${alias}.param = ${bind(param)}
    and ${alias}.${column} ${operator} ${bind(value)}::${type}`;
}

/** hasParam is the condition that an instance `s` has such a param. */
export function hasParam(comparison: readonly [string, SignalMatch], bind: Bind): string {
  return `exists (${paramRows('o', comparison, bind)} and o.seq_id = s.seq_id)`;
}
