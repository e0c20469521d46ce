import { isConnectionError, isDataError, sqlState } from './sqlstate.js';

const withCode = (code: string): Error => Object.assign(new Error('failed'), { code });

test.each(['22012', '23505', '23514'])('%s is an error of the data', (code) => {
  expect(isDataError(withCode(code))).toBe(true);
  expect(isConnectionError(withCode(code))).toBe(false);
});

test.each(['40P01', '55P03', '42P01'])('%s is neither an error of the data nor of the connection', (code) => {
  expect(isDataError(withCode(code))).toBe(false);
  expect(isConnectionError(withCode(code))).toBe(false);
});

test.each(['57P01', '57P03', '08006', '53300', 'ECONNREFUSED', 'EPIPE'])('%s is an error of the connection', (code) => {
  expect(isConnectionError(withCode(code))).toBe(true);
});

test('what pg says without a code is known by its text', () => {
  expect(isConnectionError(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isConnectionError(new Error('something else'))).toBe(false);
});

test('a socket error has no SQLSTATE', () => {
  expect(sqlState(withCode('EPIPE'))).toBeUndefined();
  expect(sqlState(withCode('23505'))).toBe('23505');
  expect(sqlState('text')).toBeUndefined();
});
