import type { Page, PageAsk } from './page.js';

/** rowsToAsk is how many rows to select for a page: one more than fits tells whether there is a further page. */
export function rowsToAsk(ask: PageAsk): number {
  return ask.size + 1;
}

/** pageOf makes a page of the rows that came, nearest to the cursor first. */
export function pageOf<R, T>(
  ask: PageAsk,
  rows: readonly R[],
  read: { readonly key: (row: R) => bigint; readonly item: (row: R) => T; readonly totalCount: bigint },
): Page<T> {
  const more = rows.length > ask.size;
  const kept = rows.slice(0, ask.size);
  if (ask.direction === 'newer') kept.reverse();
  const [first, last] = [kept[0], kept.at(-1)];
  // Where a page was reached from, there is something on the side it was reached from.
  const hasOlder = ask.direction === 'older' ? more : true;
  const hasNewer = ask.direction === 'newer' ? more : ask.cursor !== undefined;
  return {
    items: kept.map(read.item),
    ...(hasOlder && last !== undefined ? { older: read.key(last) } : {}),
    ...(hasNewer && first !== undefined ? { newer: read.key(first) } : {}),
    totalCount: read.totalCount,
  };
}
