import { value } from '../testing/run.js';

describe('System', () => {
  it('tells the time of the environment', () => {
    expect(value('System.currentTimeMillis()', { nowMs: 1_234.9 })).toBe(1_234n);
  });
});
