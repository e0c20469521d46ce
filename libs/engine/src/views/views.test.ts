import fc from 'fast-check';
import { rankOf, readRank } from './rank.js';
import { representativeStatus } from './representative.js';

const places = fc.array(fc.bigInt({ min: 1n, max: 10n ** 18n }), { minLength: 1, maxLength: 3 });

test('a rank is read back as it was written, and ranks order as their numbers do', () => {
  expect(rankOf([344n])).toBe('3344');
  expect(rankOf([2n, 15n])).toBe('12-215');
  fc.assert(fc.property(places, (numbers) => expect(readRank(rankOf(numbers))).toEqual(numbers)));
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.bigInt({ min: 0n, max: 10n ** 18n }), (left, right) => {
      expect(rankOf([left]) < rankOf([right])).toBe(left < right);
    }),
  );
});

test.each(['', '-', '2344', '3', 'x', '13-', '9', '3344-'])('%j is no rank', (text) => {
  expect(readRank(text)).toBeUndefined();
});

test('a failure stands for a loop before what runs, and what runs before success', () => {
  expect(representativeStatus(['SUCCEEDED', 'RUNNING', 'FATALLY_FAILED'])).toBe('FATALLY_FAILED');
  expect(representativeStatus(['SUCCEEDED', 'RUNNING'])).toBe('RUNNING');
  expect(representativeStatus([])).toBeUndefined();
});
