import fc from 'fast-check';
import { pageOf, rowsToAsk } from './page-of.js';
import { pageTokens, readPageAsk } from './page-token.js';
import type { Page, PageAsk } from './page.js';

/** A table of keys, read as a statement with a keyset would. */
function pageFrom(keys: readonly bigint[], ask: PageAsk): Page<bigint> {
  const { cursor, direction } = ask;
  const beyond = keys.filter((key) => cursor === undefined || (direction === 'older' ? key < cursor : key > cursor));
  const nearest = beyond.sort((left, right) => Number(direction === 'older' ? right - left : left - right));
  const read = { key: (row: bigint) => row, item: (row: bigint) => row, totalCount: BigInt(keys.length) };
  return pageOf(ask, nearest.slice(0, rowsToAsk(ask)), read);
}

const rows = fc.uniqueArray(fc.bigInt({ min: 1n, max: 1_000n }), { maxLength: 30 });

test('walking from page to page shows every item once, newest first, and the way back shows the same', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 7 }), (keys, pageSize) => {
      const seen: bigint[] = [];
      let last: Page<bigint> | undefined;
      for (let pageToken = ''; last === undefined || pageToken !== '';) {
        last = pageFrom(keys, readPageAsk({ pageSize, pageToken }, 'list'));
        seen.push(...last.items);
        pageToken = pageTokens(last, 'list').nextPageToken;
      }
      expect(seen).toEqual([...keys].sort((left, right) => Number(right - left)));
      const back: bigint[] = [...last.items];
      for (let token = pageTokens(last, 'list').previousPageToken; token !== '';) {
        const page = pageFrom(keys, readPageAsk({ pageSize, pageToken: token }, 'list'));
        back.unshift(...page.items);
        token = pageTokens(page, 'list').previousPageToken;
      }
      expect(back).toEqual(seen);
    }),
  );
});
