import { sessionOptions, withoutOptions } from './session-settings.js';

test('options of the URL come first, so that ours win', () => {
  const url = 'postgres://host/db?options=-c%20jit%3Don&sslmode=disable';
  expect(sessionOptions({ url, schema: 'shop' })).toBe('-c jit=on -c search_path=shop');
  expect(withoutOptions(url)).toBe('postgres://host/db?sslmode=disable');
  expect(withoutOptions('postgres://host/db?options=x')).toBe('postgres://host/db');
});

test('a space in a value is protected', () => {
  expect(sessionOptions({ url: 'postgres://host/db', settings: { lock_timeout: '200 ms' } })).toBe(
    '-c lock_timeout=200\\ ms',
  );
});
