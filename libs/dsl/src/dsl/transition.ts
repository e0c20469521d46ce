import type { Cursor } from '../reading/cursor.js';

/** Row is one line of a transition: `job`, `IF condition THEN job` or `OTHERWISE job`. */
type Row = { readonly job: string; readonly condition: string } | { readonly job: string; readonly otherwise: true };

const FORMS = 'a job id, "IF <condition> THEN <job id>" or "OTHERWISE <job id>"';

function readRow(cursor: Cursor): Row | undefined {
  if (typeof cursor.raw !== 'string') return cursor.expected(FORMS);
  const row = cursor.raw.trim();
  const words = row.split(/\s+/);
  const job = words.at(-1) ?? '';
  if (words.length === 1) return job === '' ? cursor.fail(`is empty; expected ${FORMS}`) : { job, condition: 'true' };
  const keyword = words[0]?.toUpperCase();
  if (keyword === 'OTHERWISE' && words.length === 2) return { job, otherwise: true };
  if (keyword !== 'IF' || words.length < 4 || words.at(-2)?.toUpperCase() !== 'THEN')
    return cursor.fail(`"${row.slice(0, 80)}" is not ${FORMS}`);
  const head = row.slice('IF'.length, row.length - job.length).trimEnd();
  return { job, condition: head.slice(0, -'THEN'.length).trim() };
}

/** The expression of a condition without what makes it a statement, so that it can be part of another one. */
function bare(condition: string): string {
  return condition
    .replace(/;+$/, '')
    .replace(/^return\s/, '')
    .trim();
}

function anyOf(conditions: readonly string[]): string {
  return conditions.map((condition) => `(${bare(condition)})`).join(' || ');
}

function otherwise(conditions: readonly string[]): string {
  const [only] = conditions;
  return conditions.length === 1 && only !== undefined ? `!(${bare(only)})` : `!(${anyOf(conditions)})`;
}

function checkOtherwise(rows: readonly Row[], cursors: readonly Cursor[]): void {
  for (const [index, row] of rows.entries()) {
    if (!('otherwise' in row)) continue;
    if (index < rows.length - 1) cursors[index]?.fail('OTHERWISE must be the last row');
    if (!rows.slice(0, index).some((each) => 'condition' in each && each.condition !== 'true'))
      cursors[index]?.fail('OTHERWISE needs an IF before it');
  }
}

/** Rows that lead to the same job are alternatives. */
function successorsOf(rows: readonly Row[]): Record<string, string> {
  const conditions = rows.flatMap((row) => ('condition' in row && row.condition !== 'true' ? [row.condition] : []));
  const byJob = new Map<string, string[]>();
  for (const row of rows) {
    const condition = 'condition' in row ? row.condition : otherwise(conditions);
    byJob.set(row.job, [...(byJob.get(row.job) ?? []), condition]);
  }
  return Object.fromEntries(
    [...byJob].map(([job, all]) => [
      job,
      all.length === 1 ? (all[0] ?? '') : all.includes('true') ? 'true' : anyOf(all),
    ]),
  );
}

/** readTransition turns the rows of a transition into conditions by successor; undefined after noting what is wrong. */
export function readTransition(cursor: Cursor): Readonly<Record<string, string>> | undefined {
  const cursors = typeof cursor.raw === 'string' ? [cursor] : cursor.items();
  const rows = cursors?.map(readRow);
  if (cursors === undefined || rows === undefined || rows.includes(undefined)) return undefined;
  checkOtherwise(rows as Row[], cursors);
  return successorsOf(rows as Row[]);
}
