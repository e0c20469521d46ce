import { TurnQueue } from './turn-queue.js';

test('owners take turns, each of them oldest first', () => {
  const queue = new TurnQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.add(item.slice(0, 1), item);
  const taken = Array.from({ length: 7 }, () => queue.take());
  expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', undefined]);
  expect(queue.size).toBe(0);
});

test('what is removed is not given out, and removing it twice counts once', () => {
  const queue = new TurnQueue<string>();
  queue.add('a', 'a1');
  queue.add('a', 'a2');
  queue.remove('a', 'a1');
  queue.remove('a', 'a1');
  queue.remove('b', 'b1');
  expect(queue.size).toBe(1);
  expect([...queue.all()]).toEqual(['a2']);
  expect(queue.take()).toBe('a2');
});
