import { executorOf, holderOf } from './holder.js';

it('a holder is an executor in one incarnation', () => {
  expect(holderOf('gpu-1', 7n)).not.toBe(holderOf('gpu-1', 8n));
  expect(executorOf(holderOf('gpu-1', 7n))).toBe('gpu-1');
});

it('an executor may have a number sign in its name', () => {
  expect(executorOf(holderOf('gpu#1', 7n))).toBe('gpu#1');
});

it('what names no incarnation is the executor itself', () => {
  expect(executorOf('gpu-1')).toBe('gpu-1');
});
