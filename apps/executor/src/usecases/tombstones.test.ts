import { Tombstones } from './tombstones.js';

it('remembers a bounded number of cancels, the newest ones, however often it is asked', () => {
  const tombstones = new Tombstones(2);
  for (const key of ['a', 'b', 'c']) tombstones.add(key);
  expect(['a', 'b', 'c'].map((key) => tombstones.has(key))).toEqual([false, true, true]);
  expect(tombstones.has('b')).toBe(true);
});
