import { isMet, verdict } from './verdict.js';

const LESS = { key: 'A1', unit: 'ms/step', target: 1.5, better: 'less', title: '' } as const;
const MORE = { key: 'B1', unit: 'steps/s', target: 8_000, better: 'more', title: '' } as const;

describe('verdict', () => {
  it('is met at the target itself', () => {
    expect(isMet(LESS, 1.5)).toBe(true);
    expect(isMet(MORE, 8_000)).toBe(true);
  });

  it('says by which factor the target is missed, in either direction', () => {
    expect(verdict(LESS, 3)).toBe('missed by 2.00x');
    expect(verdict(MORE, 4_000)).toBe('missed by 2.00x');
  });
});
