import { Turns } from './turns.js';

it('owners take turns, and what one of them has keeps its order', () => {
  const turns = new Turns<string>();
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) turns.add(item.charAt(0), item);
  expect(turns.size).toBe(6);
  const taken = Array.from({ length: 6 }, () => turns.take());
  expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  expect(turns.take()).toBeUndefined();
  expect(turns.size).toBe(0);
});
