import { pageTokens, readPageAsk } from './page-token.js';

const PAGE = { items: [], older: 5n, newer: 9007199254740993n, totalCount: 2n };

test('a token asks for what lies on its side of the page, exactly', () => {
  const { nextPageToken, previousPageToken } = pageTokens(PAGE, 'list');
  expect(readPageAsk({ pageSize: 2, pageToken: nextPageToken }, 'list')).toEqual({
    size: 2,
    direction: 'older',
    cursor: 5n,
  });
  const newer = { size: 50, direction: 'newer', cursor: 9007199254740993n };
  expect(readPageAsk({ pageSize: 0, pageToken: previousPageToken }, 'list')).toEqual(newer);
});

test('no token asks for the newest, and an end has no token', () => {
  expect(readPageAsk(undefined, 'list')).toEqual({ size: 50, direction: 'older' });
  expect(pageTokens({ items: [], totalCount: 0n }, 'list')).toEqual({ nextPageToken: '', previousPageToken: '' });
});

test('a token of another list, or none of ours, is refused', () => {
  const { nextPageToken } = pageTokens(PAGE, 'list');
  for (const [pageToken, list] of [
    [nextPageToken, 'other'],
    ['rubbish', 'list'],
  ] as const) {
    expect(() => readPageAsk({ pageSize: 1, pageToken }, list)).toThrow('not one of this list');
  }
});

test('a page has 1 to 200 items', () => {
  for (const pageSize of [-1, 201]) expect(() => readPageAsk({ pageSize, pageToken: '' }, 'list')).toThrow('1 to 200');
});
