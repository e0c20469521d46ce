import { median, percentile } from './statistics.js';

const HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('statistics', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
  });

  it('takes percentiles by the nearest rank, whatever the order of the values', () => {
    expect(percentile(HUNDRED, 0.5)).toBe(50);
    expect(percentile(HUNDRED, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('refuses an empty list instead of answering NaN', () => {
    expect(() => median([])).toThrow('no values');
    expect(() => percentile([], 0.5)).toThrow('no values');
  });
});
