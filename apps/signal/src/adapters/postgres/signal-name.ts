import type { Statement } from '@maestro/postgres';

/** NameRow is a row of `signal_name`. */
export interface NameRow {
  readonly name: string;
  readonly last_seq: bigint;
}

/** insertNames makes the rows of names that are new. The names must be sorted, so that two batches cannot wait for each other. */
export function insertNames(sorted: readonly string[]): Statement {
  const text = `insert into signal_name (name) select unnest($1::text[]) on conflict (name) do nothing`;
  return { name: 'insert-signal-names', text, values: [sorted] };
}

/** lockNames locks the rows in the order of the names and reads their latest numbers. */
export function lockNames(sorted: readonly string[]): Statement<NameRow> {
  return {
    name: 'lock-signal-names',
    text: `select name, last_seq from signal_name where name = any ($1::text[] collate "C") order by name for no key update`,
    values: [sorted],
  };
}

/** updateNames writes the latest number of each name: one update per name and batch. */
export function updateNames(latest: ReadonlyMap<string, bigint>): Statement {
  return {
    name: 'update-signal-names',
    text: `update signal_name n set last_seq = q.last_seq
      from unnest($1::text[], $2::int8[]) as q (name, last_seq) where n.name = q.name collate "C"`,
    values: [[...latest.keys()], [...latest.values()]],
  };
}

export function selectLastSeq(name: string): Statement<{ readonly last_seq: bigint }> {
  return { name: 'select-last-seq', text: 'select last_seq from signal_name where name = $1', values: [name] };
}

/** selectNames lists names by prefix: the collation of the column makes that a range of its index. */
export function selectNames(ask: {
  readonly prefix: string;
  readonly after: string;
  readonly limit: number;
}): Statement<NameRow> {
  return {
    name: 'select-signal-names',
    text: `select name, last_seq from signal_name where name like $1 and name >= $2 and name > $3 order by name limit $4`,
    values: [`${ask.prefix.replace(/[\\%_]/g, '\\$&')}%`, ask.prefix, ask.after, ask.limit],
  };
}
