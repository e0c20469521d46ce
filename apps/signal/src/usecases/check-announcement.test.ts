import { MAX_SIGNAL_VALUE_CHARS, checkAnnouncement, contentKeyOf, type Ask } from './check-announcement.js';

const ASK: Ask = { requestId: '', name: 'orders ready', params: {}, payload: {}, tenant: 'default' };

function paths(ask: Partial<Ask>): readonly string[] {
  try {
    checkAnnouncement({ ...ASK, ...ask });
    return [];
  } catch (error) {
    return (error as { violations: { path: string }[] }).violations.map(({ path }) => path);
  }
}

test('the instance id is the request id, else a hash of name and params in any order', () => {
  expect(checkAnnouncement({ ...ASK, requestId: 'r' }).instanceId).toBe('r');
  const hash = checkAnnouncement({ ...ASK, params: { b: 1n, a: 'x' } }).instanceId;
  expect(hash).toBe(contentKeyOf('orders ready', { a: 'x', b: 1n }));
  expect(hash).not.toBe(contentKeyOf('orders ready', { a: 'x', b: '1' }));
});

test('every violation is named at once', () => {
  const params = { long: 'x'.repeat(MAX_SIGNAL_VALUE_CHARS + 1), fine: 1n };
  const payload = { much: 'y'.repeat(200_000) };
  const requestId = 'z'.repeat(300);
  expect(paths({ name: 'maestro_x', params, payload, requestId })).toEqual([
    'name',
    'params.long',
    'request_id',
    'payload',
  ]);
});

test('a name may hold what tags may hold', () => {
  expect(paths({ name: 'tbl/prod.orders@eu (daily)' })).toEqual([]);
  expect(paths({ name: 'no|pipe' })).toEqual(['name']);
});
